#pragma once

/// What Swift's module of glibc does not declare: writes out all that waits for the file system that the
/// descriptor is on.
static inline int kugel_syncfs(int descriptor) {
  extern int syncfs(int);
  return syncfs(descriptor);
}
