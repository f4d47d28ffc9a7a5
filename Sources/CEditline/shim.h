#pragma once

#include <stdio.h>

#include <histedit.h>

// Swift refuses functions that take any arguments, and the standard streams.

typedef unsigned char (*kugel_editline_action)(EditLine *, wint_t);

static inline EditLine *kugel_editline_new(void) { return el_init("kugel", stdin, stdout, stderr); }

static inline char *kugel_editline_prompt(EditLine *editor) {
  (void)editor;
  return "kugel> ";
}

static inline void kugel_editline_set_prompt(EditLine *editor) {
  el_set(editor, EL_PROMPT, kugel_editline_prompt);
}

static inline void kugel_editline_set_owner(EditLine *editor, void *owner) {
  el_set(editor, EL_CLIENTDATA, owner);
}

static inline void *kugel_editline_owner(EditLine *editor) {
  void *owner = NULL;
  el_get(editor, EL_CLIENTDATA, &owner);
  return owner;
}

static inline void kugel_editline_read_by(EditLine *editor, int (*next)(EditLine *, wchar_t *)) {
  el_set(editor, EL_GETCFN, next);
}

static inline void kugel_editline_define(
    EditLine *editor, const char *name, kugel_editline_action action) {
  el_set(editor, EL_ADDFN, name, name, action);
}

static inline void kugel_editline_bind(EditLine *editor, const char *keys, const char *name) {
  el_set(editor, EL_BIND, keys, name, NULL);
}

/// Between 1 and 0 the terminal is the editor's, which reads a key at a time.
static inline void kugel_editline_take_terminal(EditLine *editor, int takes) {
  el_set(editor, EL_UNBUFFERED, takes);
}

static inline void kugel_editline_redraw(EditLine *editor) { el_set(editor, EL_REFRESH); }

static inline void kugel_editline_remember_by(EditLine *editor, History *lines, int limit) {
  HistEvent event;
  history(lines, &event, H_SETSIZE, limit);
  el_set(editor, EL_HIST, history, lines);
}

static inline void kugel_history_add(History *lines, const char *line) {
  HistEvent event;
  history(lines, &event, H_ENTER, line);
}

static inline void kugel_history_load(History *lines, const char *path) {
  HistEvent event;
  history(lines, &event, H_LOAD, path);
}

static inline void kugel_history_save(History *lines, const char *path) {
  HistEvent event;
  history(lines, &event, H_SAVE, path);
}
