/* The least that a client on libwebsockets can do: has texts spoken, receives, and throws away.
 *
 *     wire_sink PORT VOICE FILE TURNS
 *
 * The text of FILE is asked for TURNS times, on one socket. Prints the bytes and the messages that came. */
#include <libwebsockets.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char request[1 << 16];
static unsigned char masked[LWS_PRE + sizeof request];
static size_t requestCount, bytes, messages;
static int turns, isOver, isFailed, isFirst = 1;

static int handle(struct lws *socket, enum lws_callback_reasons reason, void *user, void *data, size_t count) {
  (void)user;
  switch (reason) {
  case LWS_CALLBACK_CLIENT_ESTABLISHED:
    lws_callback_on_writable(socket);
    break;
  case LWS_CALLBACK_CLIENT_WRITEABLE:
    /* Masked where it lies. */
    memcpy(masked + LWS_PRE, request, requestCount);
    if (lws_write(socket, masked + LWS_PRE, requestCount, LWS_WRITE_TEXT) < 0) return -1;
    break;
  case LWS_CALLBACK_CLIENT_RECEIVE: {
    bytes += count;
    int isEnd = isFirst && count > 8 && !memcmp(data, "{\"final\"", 8);
    isFirst = lws_is_final_fragment(socket) && lws_remaining_packet_payload(socket) == 0;
    messages += isFirst;
    if (isEnd) {
      if (--turns == 0) {
        isOver = 1;
        return -1;
      }
      lws_callback_on_writable(socket);
    }
    break;
  }
  case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
  case LWS_CALLBACK_CLIENT_CLOSED:
    isFailed = !isOver;
    isOver = 1;
    break;
  default:
    break;
  }
  return 0;
}

int main(int count, char **words) {
  if (count != 5) return 64;
  char text[1 << 15];
  FILE *file = fopen(words[3], "r");
  if (!file) return 66;
  text[fread(text, 1, sizeof text - 1, file)] = 0;
  fclose(file);
  requestCount = snprintf(request, sizeof request, "{\"text\":\"%s\",\"voice_id\":%s}", text, words[2]);
  turns = atoi(words[4]);
  lws_set_log_level(0, NULL);
  struct lws_protocols protocols[] = {{.name = "sink", .callback = handle, .rx_buffer_size = 1 << 16}, {0}};
  struct lws_context_creation_info info = {
      .port = CONTEXT_PORT_NO_LISTEN, .protocols = protocols, .gid = -1, .uid = -1, .pt_serv_buf_size = 1 << 16};
  struct lws_context *context = lws_create_context(&info);
  struct lws_client_connect_info target = {.context = context, .address = "127.0.0.1", .port = atoi(words[1]),
                                           .path = "/ws/tts", .host = "127.0.0.1", .local_protocol_name = "sink"};
  if (!context || !lws_client_connect_via_info(&target)) return 69;
  while (!isOver && lws_service(context, 0) >= 0) {}
  lws_context_destroy(context);
  printf("%zu %zu\n", bytes, messages);
  return isFailed ? 76 : 0;
}
