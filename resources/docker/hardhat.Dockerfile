# Node with the package managers that Hardhat projects use. Hardhat itself comes with the project.
# A registry (or a mirror of it) for npm packages is all that this build fetches from.
ARG BASE_IMAGE=node:24.21.0-bookworm-slim

FROM ${BASE_IMAGE} AS tools
ARG PNPM_VERSION=12.21.0
ARG YARN_VERSION=1.22.22
ARG NPM_CONFIG_REGISTRY
WORKDIR /opt/package-managers
# Certificates that this machine trusts besides the usual ones; may be empty. They stay in this stage.
COPY .drydock/ca.pem /tmp/
RUN set -eu; \
    if [ -s /tmp/ca.pem ]; then export NODE_EXTRA_CA_CERTS=/tmp/ca.pem; fi; \
    npm install --no-save --no-audit --no-fund --no-update-notifier --ignore-scripts \
      "pnpm@${PNPM_VERSION}" "yarn@${YARN_VERSION}"; \
    node -p 'require("tls").rootCertificates.join("\n")' > /tmp/roots.pem

FROM ${BASE_IMAGE}
COPY --from=tools /opt/package-managers/ /opt/package-managers/
COPY --from=tools /tmp/roots.pem /etc/ssl/certs/ca-certificates.crt
# Any user may be given to a container, and tools insist on a home that they can write to.
RUN mkdir -m 1777 /home/drydock
ENV HOME=/home/drydock PATH=/opt/package-managers/node_modules/.bin:$PATH
WORKDIR /home/drydock
USER 1000:1000
