# One image for every process of FitFlow: `docker run fitflow api`, `worker`, `migrate`, `verify` … It needs Node and nothing else.
FROM node:26-slim AS built
WORKDIR /fitflow
COPY . .
# The web app is built here once; the tools that built it stay behind.
RUN npm ci --ignore-scripts \
 && node --eval "import('./server/src/web-build.ts').then(({ buildWeb }) => buildWeb(() => {}, new AbortController().signal))" \
 && npm prune --omit=dev --ignore-scripts

FROM node:26-slim
ENV NODE_ENV=development
WORKDIR /fitflow
COPY --from=built --chown=root:root /fitflow /fitflow
USER node
EXPOSE 3000
ENTRYPOINT ["node", "server/fitflow.js"]
CMD ["api"]
