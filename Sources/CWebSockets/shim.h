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

/// Of libwebsockets, whose archive is linked; its header does not tell of them. The numbers are the same in
/// all of version 4.
struct lws_role_ops;
extern const struct lws_role_ops role_ops_raw_skt;
void lws_role_transition(struct lws *wsi, unsigned role, unsigned state, const struct lws_role_ops *operations);

/// Takes a client's connection out of libwebsockets' HTTP, behind the head of an answer: from now on its bytes
/// come and go as they are. HTTP there has an end with each answer, and reads a byte of the next one to see
/// whether the other end is still there, which nobody gets.
static inline void kugel_become_raw(struct lws *wsi) {
#if LWS_LIBRARY_VERSION_MAJOR != 4
#error "libwebsockets' numbers of roles and states are known of version 4"
#endif
  const unsigned client = 0x1000u << 16, established = 0x100 | 25;
  lws_role_transition(wsi, client, established, &role_ops_raw_skt);
}

int lws_change_pollfd(struct lws *wsi, int without, int with);

/// Asks to hear of further bytes. libwebsockets stops that with each callback of a readable client.
static inline int kugel_read_on(struct lws *wsi) { return lws_change_pollfd(wsi, 0, LWS_POLLIN) ? -1 : 0; }
