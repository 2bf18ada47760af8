# What Drydock adds to an image that others have made. It fails where a tool is missing.
USER root
# PROBES
# Any user may be given to a container, and tools insist on a home that they can write to.
RUN mkdir -p /home/drydock && chmod 1777 /home/drydock
ENV HOME=/home/drydock
WORKDIR /home/drydock
USER 1000:1000
ENTRYPOINT []
