# Foundry, and Node for scripts and for compilers in their JavaScript build.
# A registry (or a mirror of it) for npm packages is all that this build fetches from.
ARG BASE_IMAGE=node:24.21.0-bookworm-slim

FROM ${BASE_IMAGE} AS tools
ARG FOUNDRY_VERSION=1.7.1
ARG NPM_CONFIG_REGISTRY
WORKDIR /tools
# Certificates that this machine trusts besides the usual ones; may be empty. They stay in this stage.
COPY .drydock/ca.pem ./
RUN set -eu; \
    if [ -s ca.pem ]; then export NODE_EXTRA_CA_CERTS=/tools/ca.pem; fi; \
    npm install --no-save --no-audit --no-fund --no-update-notifier --ignore-scripts \
      "@foundry-rs/forge@${FOUNDRY_VERSION}" \
      "@foundry-rs/anvil@${FOUNDRY_VERSION}" \
      "@foundry-rs/cast@${FOUNDRY_VERSION}"; \
    mkdir bin; \
    # The binaries themselves: the packages' own launchers start a Node process first.
    for tool in forge anvil cast; do cp node_modules/@foundry-rs/$tool-linux-*/bin/$tool bin/; done; \
    chmod 755 bin/*; \
    bin/forge --version; \
    node -p 'require("tls").rootCertificates.join("\n")' > roots.pem

FROM ${BASE_IMAGE}
COPY --from=tools /tools/bin/ /usr/local/bin/
COPY --from=tools /tools/roots.pem /etc/ssl/certs/ca-certificates.crt
# Any user may be given to a container, and tools insist on a home that they can write to.
RUN mkdir -m 1777 /home/drydock
ENV HOME=/home/drydock
WORKDIR /home/drydock
USER 1000:1000
