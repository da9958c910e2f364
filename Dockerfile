# syntax=docker/dockerfile:1
# The site and its `manage` as one image. The build needs no secret and no database:
#   docker build -t gatehouse --secret id=action-key,src=action-key .
# with `( umask 077; openssl rand -base64 32 > action-key )` once, kept for every later build: docs/deploy.md.

FROM node:24-bookworm-slim AS build
WORKDIR /src
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev --no-audit --no-fund
COPY . .
RUN --mount=type=secret,id=action-key \
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY="$(cat /run/secrets/action-key 2>/dev/null || true)" \
    NEXT_STANDALONE=1 npm run build
RUN node scripts/standalone.mjs /image

FROM node:24-bookworm-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOME=/tmp PORT=3000 MEDIA_ROOT=/data/media
COPY --from=build --chown=root:root /image /app
RUN install -d -m 0700 -o 65532 -g 65532 /data
WORKDIR /app
USER 65532:65532
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/livez/`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Not npm: it would leave at the first signal.
CMD ["node", "scripts/start.mjs"]
