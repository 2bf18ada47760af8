#!/bin/bash
# A package manager runs this for the old version as well, when it has put the new one in its place:
# dpkg says "upgrade" then, rpm how many versions are left.
case "$1" in
  remove | purge | 0) ;;
  *) exit 0 ;;
esac

