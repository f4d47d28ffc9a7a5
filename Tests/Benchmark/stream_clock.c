/* Preloaded into a program that prints what it reads: how long each piece takes from the read that brought it to the
 * write that carries it on, as nanoseconds in the file STREAM_CLOCK, one a line. What the system does before and
 * after, and how long it takes to wake the program, is not in it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static ssize_t (*real_read)(int, void *, size_t);
static ssize_t (*real_write)(int, const void *, size_t);
static FILE *found;
/* When the piece came that was not yet carried on; 0 when none is under way. */
static long long since;

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

__attribute__((constructor)) static void begin(void) {
  real_read = dlsym(RTLD_NEXT, "read");
  real_write = dlsym(RTLD_NEXT, "write");
  const char *path = getenv("STREAM_CLOCK");
  if (path) found = fopen(path, "w");
}

ssize_t read(int file, void *bytes, size_t count) {
  ssize_t size = real_read(file, bytes, count);
  if (file == STDIN_FILENO && size > 0 && !since) since = now();
  return size;
}

ssize_t write(int file, const void *bytes, size_t count) {
  if (file == STDOUT_FILENO && since) {
    if (found) fprintf(found, "%lld\n", now() - since);
    since = 0;
  }
  return real_write(file, bytes, count);
}

__attribute__((destructor)) static void end(void) {
  if (found) fclose(found);
}
