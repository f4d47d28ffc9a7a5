#define _GNU_SOURCE
#include "lazy_libraries.h"

#include <dlfcn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

// EX_UNAVAILABLE
static const int unavailable = 69;

// One run of bytes, because a table of addresses would be one more thing to relocate at each start. A
// library's entry begins with a sign that no function's does.
#define LIBRARY(file, package) "\1" file "\0" package "\0"
#define FUNCTION(name) #name "\0"
static const char list[] =
#include "functions.def"
    ;
#undef LIBRARY
#undef FUNCTION

struct place {
  const char *file, *package, *function;
};

// The function with this number.
static struct place place_of(unsigned number) {
  struct place place = {"", "", ""};
  const char *entry = list;
  for (;;) {
    if (*entry == '\1') {
      place.file = entry + 1;
      place.package = place.file + strlen(place.file) + 1;
      entry = place.package + strlen(place.package) + 1;
    } else if (number-- == 0) {
      place.function = entry;
      return place;
    } else {
      entry += strlen(entry) + 1;
    }
  }
}

static void write_all(const char *text) {
  for (size_t left = strlen(text); left > 0;) {
    ssize_t count = write(STDERR_FILENO, text, left);
    if (count <= 0) return;
    text += count;
    left -= (size_t)count;
  }
}

static void give_up(struct place place) {
  const char *cause = dlerror();
  char text[1024];
  snprintf(
      text, sizeof text,
      "kugel: this needs %s, which cannot be used: %s\n"
      "Install it: apt-get install %s\n",
      place.file, cause ? cause : "unknown", place.package);
  write_all(text);
  // Nothing of the library's caller can go on, and what is on its way to files is not whole.
  _exit(unavailable);
}

// Called by a trampoline.
__attribute__((visibility("hidden"))) void *kugel_find_function(
    unsigned number, _Atomic(void *) *found) {
  struct place place = place_of(number);
  // Opened anew each time, which only counts: a library is never closed.
  void *library = dlopen(place.file, RTLD_LAZY | RTLD_LOCAL);
  void *function = library ? dlsym(library, place.function) : NULL;
  if (!function) give_up(place);
  atomic_store_explicit(found, function, memory_order_release);
  return function;
}

// The library that has this file name; without one where it is not in the list.
static struct place library_named(const char *file) {
  struct place place = {NULL, NULL, NULL};
  for (const char *entry = list; entry < list + sizeof list - 1; entry += strlen(entry) + 1) {
    if (*entry != '\1' || strcmp(entry + 1, file) != 0) continue;
    place.file = entry + 1;
    place.package = place.file + strlen(place.file) + 1;
    break;
  }
  return place;
}

const char *kugel_library_problem(const char *file) {
  struct place place = library_named(file);
  return !place.file || dlopen(file, RTLD_LAZY | RTLD_LOCAL) ? NULL : dlerror();
}

void kugel_library_require(const char *file) {
  struct place place = library_named(file);
  if (place.file && !dlopen(file, RTLD_LAZY | RTLD_LOCAL)) give_up(place);
}
