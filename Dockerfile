# Two stages: the first holds the tools and builds, the second only what runs. One image for ROLE=all, web and worker.

FROM node:24-bookworm-slim AS build
WORKDIR /app
# The packages change more rarely than the code: their layer is kept as long as the lock file stays the same.
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/src/store/migrations ./src/store/migrations
COPY --from=build /app/data ./data
COPY --from=build /app/flows ./flows
COPY --from=build /app/locales ./locales

# The program cannot change itself: everything above belongs to root, only /data to the user it runs as.
RUN install -d -o node -g node -m 0700 /data
USER node
# The embedded database and the service key. Unused with DATABASE_URL. Never give one volume to two containers.
VOLUME /data
EXPOSE 3000

# Health of the process, not of the database: a service without its database must live on, as it still gives the
# emergency card. Orchestrators ask /readyz for the rest.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# It stops taking, finishes turns and jobs and ends within ten seconds; give `docker stop` at least that long.
STOPSIGNAL SIGTERM
CMD ["node", "--enable-source-maps", "--max-semi-space-size=4", "dist/main.js"]
