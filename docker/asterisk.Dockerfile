# Asterisk from Debian's own packages; no Debian release older than forky (testing) has one that is new enough.
# Its configuration is not in the image: the service `setup` writes it into a volume, from the templates of
# asterisk-config/, by the same code that `npm start` uses.

FROM debian:forky-20260803-slim
# More options for apt-get, for example -o Acquire::Check-Valid-Until=false where only a frozen mirror can be reached.
ARG APT_OPTIONS=""
RUN apt-get $APT_OPTIONS update \
 && apt-get install --yes --no-install-recommends asterisk asterisk-moh-opsound-wav mpg123 \
 && rm -rf /var/lib/apt/lists/*
# The modules lie in a folder that bears the processor's name; this link is the same on every processor.
RUN ln -s "$(dirname "$(find /usr/lib -name app_stasis.so)")" /usr/lib/asterisk-modules
# A build that got an Asterisk which Strowger would refuse fails here, and says why.
COPY docker/check-asterisk.sh asterisk-config/modules.conf /tmp/
RUN sh /tmp/check-asterisk.sh /tmp/modules.conf && rm /tmp/check-asterisk.sh /tmp/modules.conf
RUN groupadd --gid 10001 strowger \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin strowger \
 && install --directory --owner=10001 --group=10001 --mode=0755 /var/lib/strowger /var/lib/strowger/prompts \
 && install --directory --owner=10001 --group=10001 --mode=0700 /var/lib/strowger/asterisk
WORKDIR /var/lib/strowger/asterisk
USER 10001:10001
EXPOSE 5060/udp 5060/tcp
# SIGTERM is `core stop now`: it hangs up what is left.
STOPSIGNAL SIGTERM
ENTRYPOINT ["asterisk", "-C", "/var/lib/strowger/asterisk/etc/asterisk.conf", "-f", "-n"]
