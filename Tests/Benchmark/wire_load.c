/* Many listeners of one server, each of whom has a sentence spoken again and again:
 *
 *     wire_load PORT SESSIONS SECONDS gap|cushion MILLISECONDS VOICE SENTENCE
 *
 * "gap": the next sentence is asked for so long after the end of the last (half to one and a half of it, at random).
 * "cushion": the listener plays in real time and asks for the next sentence when so much is left to play.
 *
 * Prints: sentences, p50 and p99 of the seconds from flush to first audio, sentences during which a listener's sound
 * ran dry, errors. Listeners come at random over as long as a sentence is, so that no part of it has more of them than
 * another for good; that time and everybody's first sentence do not count. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { rate = 24000, kept = 24, overhead = 80 };

typedef struct {
  int socket, isWaiting, isSpeaking, isDry, turns;
  unsigned char head[10];
  int headCount;
  unsigned long left, size;
  char start[kept];
  int startCount;
  double asked, due, playedOut, spoken;
} Session;

static unsigned char request[4096];
static size_t requestCount;
static double *delays;
static size_t delayCount, delayRoom, dryCount, errorCount;
static int pacesByCushion;
static double lull, begin, arrival;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static void fail(const char *what) {
  perror(what);
  exit(70);
}

/* A masked text frame whose mask is zero. */
static void prepare(const char *voice, const char *sentence) {
  char text[2048];
  int count = snprintf(text, sizeof text, "{\"text\":\"%s\",\"flush\":true,\"voice_id\":%s}", sentence, voice);
  if (count >= (int)sizeof text || count < 126) {
    fputs("a sentence of 80 to 1900 characters is needed\n", stderr);
    exit(64);
  }
  unsigned char head[] = {0x81, 0xFE, count >> 8, count & 255, 0, 0, 0, 0};
  memcpy(request, head, sizeof head);
  memcpy(request + sizeof head, text, count);
  requestCount = sizeof head + count;
}

static int connected(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
  int made = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  if (made < 0 || connect(made, (void *)&address, sizeof address) < 0) fail("connect");
  setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  char text[512];
  int count = snprintf(text, sizeof text,
                       "GET /ws/tts/stream HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: Upgrade\r\n"
                       "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", port);
  if (write(made, text, count) != count) fail("write");
  /* Nothing follows the answer before we have asked. */
  size_t have = 0;
  while (have < 4 || memcmp(text + have - 4, "\r\n\r\n", 4)) {
    if (have == sizeof text || read(made, text + have, 1) != 1) fail("handshake");
    have++;
  }
  if (strncmp(text, "HTTP/1.1 101", 12)) fail("refused");
  fcntl(made, F_SETFL, O_NONBLOCK);
  return made;
}

static void ask(Session *s, double time) {
  if (write(s->socket, request, requestCount) != (ssize_t)requestCount) fail("write");
  s->asked = time;
  s->isWaiting = s->isSpeaking = 1;
  s->isDry = 0;
  s->turns++;
}

static int counts(Session *s) { return s->turns > 1 && s->asked > begin + arrival; }

static void heard(Session *s, double time) {
  if (!strncmp(s->start, "{\"audio\"", 8)) {
    if (s->isWaiting && counts(s)) {
      if (delayCount == delayRoom) delays = realloc(delays, (delayRoom = delayRoom * 2 + 1024) * sizeof *delays);
      delays[delayCount++] = time - s->asked;
    }
    s->isWaiting = 0;
    if (s->turns > 1 && time > s->playedOut) s->isDry = 1;
    /* A listener who ran dry, or hears the first sound, begins with a full cushion again. */
    if (time > s->playedOut) s->playedOut = time + lull;
    double length = (s->size - overhead) * 3 / 4 / 2 / (double)rate;
    s->playedOut += length;
    s->spoken += length;
  } else if (!strncmp(s->start, "{\"session_closed\"", 17)) {
    s->isSpeaking = 0;
    if (pacesByCushion && s->isDry && counts(s)) dryCount++;
    s->due = pacesByCushion ? s->playedOut - lull : time + lull * (0.5 + rand() / (double)RAND_MAX);
  } else if (!strncmp(s->start, "{\"error\"", 8)) {
    errorCount++;
  }
}

static void receive(Session *s, const unsigned char *bytes, size_t count, double time) {
  while (count > 0) {
    if (s->left == 0) {
      s->head[s->headCount++] = *bytes++;
      count--;
      int length = s->headCount < 2 ? 0 : s->head[1] & 127, need = length == 127 ? 10 : length == 126 ? 4 : 2;
      if (s->headCount < need) continue;
      s->size = length;
      if (need > 2) {
        s->size = 0;
        for (int i = 2; i < need; i++) s->size = s->size << 8 | s->head[i];
      }
      s->left = s->size;
      s->headCount = s->startCount = 0;
      continue;
    }
    size_t part = count < s->left ? count : s->left, room = kept - s->startCount;
    memcpy(s->start + s->startCount, bytes, part < room ? part : room);
    s->startCount += part < room ? part : room;
    bytes += part;
    count -= part;
    s->left -= part;
    if (s->left == 0) heard(s, time);
  }
}

/* Seconds that one sentence is long; nobody else is listening yet. */
static double sentenceLength(int port) {
  static unsigned char buffer[1 << 16];
  Session s = {.socket = connected(port)};
  struct pollfd ready = {.fd = s.socket, .events = POLLIN};
  for (ask(&s, now()); s.isSpeaking;) {
    if (poll(&ready, 1, 10000) <= 0) fail("no answer");
    ssize_t got = read(s.socket, buffer, sizeof buffer);
    if (got == 0 || (got < 0 && errno != EAGAIN)) fail("the server went away");
    if (got > 0) receive(&s, buffer, got, now());
  }
  close(s.socket);
  return s.spoken;
}

static int order(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double percentile(int percent) {
  if (delayCount == 0) return 0;
  size_t rank = (delayCount * percent + 99) / 100;
  return delays[rank ? rank - 1 : 0];
}

int main(int count, char **words) {
  if (count != 8) return 64;
  int port = atoi(words[1]), sessions = atoi(words[2]);
  double seconds = atof(words[3]);
  pacesByCushion = !strcmp(words[4], "cushion");
  lull = atof(words[5]) / 1000;
  prepare(words[6], words[7]);
  arrival = sentenceLength(port);
  Session *all = calloc(sessions, sizeof *all);
  int poller = epoll_create1(0);
  for (int i = 0; i < sessions; i++) {
    all[i].socket = connected(port);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = &all[i]};
    epoll_ctl(poller, EPOLL_CTL_ADD, all[i].socket, &event);
  }
  srand(1);
  begin = now();
  for (int i = 0; i < sessions; i++) all[i].due = begin + arrival * (rand() / (double)RAND_MAX);
  static unsigned char buffer[1 << 16];
  double scanned = 0, time;
  while ((time = now()) < begin + arrival + seconds) {
    struct epoll_event events[64];
    int ready = epoll_wait(poller, events, 64, 1);
    for (int i = 0; i < ready; i++) {
      Session *s = events[i].data.ptr;
      ssize_t got = read(s->socket, buffer, sizeof buffer);
      if (got == 0 || (got < 0 && errno != EAGAIN)) fail("the server went away");
      if (got > 0) receive(s, buffer, got, now());
    }
    time = now();
    if (time - scanned < 0.001) continue;
    scanned = time;
    for (int i = 0; i < sessions; i++)
      if (!all[i].isSpeaking && time >= all[i].due) ask(&all[i], time);
  }
  for (Session *s = all; pacesByCushion && s < all + sessions; s++)
    if (s->isSpeaking && counts(s) && (s->isDry || time > s->playedOut)) dryCount++;
  qsort(delays, delayCount, sizeof *delays, order);
  printf("%zu %.6f %.6f %zu %zu\n", delayCount, percentile(50), percentile(99), dryCount, errorCount);
  return 0;
}
