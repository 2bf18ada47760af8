// Suites about Docker request it. The others must not find a daemon by chance and build images in
// it, nor may the hosts and command lines that they start.
process.env.DRYDOCK_ENGINE ??= 'process';
