#pragma once

#include <libwebsockets.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

/// A timer of the loop. The list node must stay first: libwebsockets hands it back alone.
struct kugel_timer {
  lws_sorted_usec_list_t sul;
  void *owner;
};

/// `SSL_CTX_set_mode` and friends are macros that Swift does not import.
static inline void kugel_tls_client_defaults(SSL_CTX *context) {
  SSL_CTX_set_mode(context, SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
}

/// Stops libwebsockets from choosing a certificate among its virtual hosts by the name asked for.
static inline void kugel_tls_forget_server_names(SSL_CTX *context) {
  SSL_CTX_set_tlsext_servername_callback(context, NULL);
}

/// A descriptor in the place of another, not to be inherited by other programs. In no header that does
/// not ask for what only Linux has.
int dup3(int descriptor, int place, int flags);

/// Of libwebsockets, whose archive is linked; its header does not tell of them.
int lws_ssl_capable_read(struct lws *wsi, unsigned char *buffer, int length);
int lws_change_pollfd(struct lws *wsi, int without, int with);

/// Reads from a client's connection, whatever libwebsockets believes to come. 0 when there is nothing now,
/// negative at the end.
static inline int kugel_read(struct lws *wsi, char *buffer, int length) {
  int count = lws_ssl_capable_read(wsi, (unsigned char *)buffer, length);
  if (count > 0) return count;
  // -1 is LWS_SSL_CAPABLE_ERROR; the others ask for patience.
  return count == 0 || count == -1 ? -1 : 0;
}

/// Asks to hear of further bytes. libwebsockets stops that with each callback of a readable client.
static inline int kugel_read_on(struct lws *wsi) { return lws_change_pollfd(wsi, 0, LWS_POLLIN) ? -1 : 0; }
