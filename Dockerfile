# One static binary with the pages in it, in an image that holds nothing else but
# certificates (for neo4j+s://) and an unprivileged user.

FROM node:22-alpine AS web
WORKDIR /src/web
COPY web/package.json web/package-lock.json web/.npmrc web/build.mjs ./
RUN npm ci --omit=dev && npm run build

FROM golang:1.26-alpine AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=web /src/web/dist/ web/dist/
ARG VERSION=
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /out/cablegraph ./cmd/cablegraph \
 && mkdir /out/data /out/tmp

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/cablegraph /cablegraph
COPY --from=build --chown=65532:65532 /out/data /data
COPY --from=build --chown=65532:65532 /out/tmp /tmp
USER 65532:65532
# Inside a container loopback leads nowhere; which addresses of the machine lead
# here is decided where the port is published.
ENV CABLEGRAPH_STORE=/data/cablegraph.db \
    CABLEGRAPH_LISTEN=0.0.0.0:8080
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s CMD ["/cablegraph", "healthcheck"]
ENTRYPOINT ["/cablegraph"]
CMD ["serve"]
