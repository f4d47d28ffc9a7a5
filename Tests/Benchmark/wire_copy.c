/* Copies so many bytes once, message by message, from memory too large for the near caches: wire_copy BYTES MESSAGE */
#include <stdlib.h>
#include <string.h>

int main(int count, char **words) {
  if (count != 3) return 64;
  size_t left = strtoul(words[1], 0, 10), size = strtoul(words[2], 0, 10), span = 1 << 24, from = 0;
  char *source = malloc(span + size), *target = malloc(size);
  if (!source || !target) return 71;
  memset(source, 'A', span + size);
  while (left > size) {
    memcpy(target, source + from, size);
    /* Or the compiler sees that nobody reads it. */
    __asm__ volatile("" : : "r"(target) : "memory");
    from = from + size < span ? from + size : 0;
    left -= size;
  }
  return 0;
}
