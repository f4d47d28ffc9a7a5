#pragma once

#include <stdio.h>

#include <editline/readline.h>

// Swift refuses global variables of C that anybody may change.

/// Signals are ours to take; libedit leaves them alone.
static inline void kugel_editline_leave_signals(void) { rl_catch_signals = 0; }

/// Bytes on the line being typed.
static inline int kugel_editline_length(void) { return rl_end; }
