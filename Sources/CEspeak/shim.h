#pragma once

#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>

#include <espeak-ng/espeak_ng.h>
#include <espeak-ng/speak_lib.h>

// GNU's, which Swift's own view of the C library leaves out.
extern void closefrom(int lowest);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int lowest);

// The call takes what it likes, which Swift cannot say.
static inline void kugel_end_with_parent(void) { prctl(PR_SET_PDEATHSIG, SIGKILL); }
