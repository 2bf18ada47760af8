# Node for Hardhat 2 and 3, and the managers that bring the packages of projects.
# A registry (or a mirror of it) for npm packages is all that this build fetches from.
ARG BASE_IMAGE=node:24.21.0-bookworm-slim

FROM ${BASE_IMAGE} AS tools
ARG PNPM_VERSION=10.34.8
ARG YARN_VERSION=1.22.22
ARG NPM_CONFIG_REGISTRY
WORKDIR /tools
# Certificates that this machine trusts besides the usual ones; may be empty. They stay in this stage.
COPY .drydock/ca.pem ./
RUN set -eu; \
    if [ -s ca.pem ]; then export NODE_EXTRA_CA_CERTS=/tools/ca.pem; fi; \
    # What is linked from elsewhere in the base would not come along.
    npm install --global --prefix /tools/managers --no-audit --no-fund --no-update-notifier \
      --ignore-scripts "pnpm@${PNPM_VERSION}" "yarn@${YARN_VERSION}"; \
    managers/bin/pnpm --version; \
    managers/bin/yarn --version; \
    node -p 'require("tls").rootCertificates.join("\n")' > roots.pem

FROM ${BASE_IMAGE}
COPY --from=tools /tools/managers/ /opt/managers/
COPY --from=tools /tools/roots.pem /etc/ssl/certs/ca-certificates.crt
# Any user may be given to a container, and tools insist on a home that they can write to.
RUN mkdir -m 1777 /home/drydock
ENV HOME=/home/drydock
ENV PATH=/opt/managers/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
WORKDIR /home/drydock
USER 1000:1000
