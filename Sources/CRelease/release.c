#include "release.h"

const char *kugel_release_commit(void) { return KUGEL_COMMIT; }
