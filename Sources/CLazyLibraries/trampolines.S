// One function in the place of each of a library's: it jumps to where the real one was found, and has it
// found first. Arguments pass through untouched, those of variadic functions too.
#if defined(__x86_64__)

.set kugel_count, 0

.macro TRAMPOLINE name
  .globl \name
  .hidden \name
  .type \name, @function
\name:
  endbr64
  movq kugel_found + 8 * kugel_count(%rip), %r11
  testq %r11, %r11
  je 1f
  jmp *%r11
1:
  movl $kugel_count, %r11d
  jmp kugel_find
  .size \name, . - \name
  .set kugel_count, kugel_count + 1
.endm

#define LIBRARY(file, package)
#define FUNCTION(name) TRAMPOLINE name

  .text

// The number of the function is in %r11. Keeps every register that may carry an argument.
  .type kugel_find, @function
kugel_find:
  .cfi_startproc
  pushq %rax
  .cfi_adjust_cfa_offset 8
  pushq %rdi
  .cfi_adjust_cfa_offset 8
  pushq %rsi
  .cfi_adjust_cfa_offset 8
  pushq %rdx
  .cfi_adjust_cfa_offset 8
  pushq %rcx
  .cfi_adjust_cfa_offset 8
  pushq %r8
  .cfi_adjust_cfa_offset 8
  pushq %r9
  .cfi_adjust_cfa_offset 8
  subq $128, %rsp
  .cfi_adjust_cfa_offset 128
  movups %xmm0, (%rsp)
  movups %xmm1, 16(%rsp)
  movups %xmm2, 32(%rsp)
  movups %xmm3, 48(%rsp)
  movups %xmm4, 64(%rsp)
  movups %xmm5, 80(%rsp)
  movups %xmm6, 96(%rsp)
  movups %xmm7, 112(%rsp)
  movl %r11d, %edi
  leaq kugel_found(%rip), %rsi
  leaq (%rsi, %rdi, 8), %rsi
  call kugel_find_function
  movq %rax, %r11
  movups (%rsp), %xmm0
  movups 16(%rsp), %xmm1
  movups 32(%rsp), %xmm2
  movups 48(%rsp), %xmm3
  movups 64(%rsp), %xmm4
  movups 80(%rsp), %xmm5
  movups 96(%rsp), %xmm6
  movups 112(%rsp), %xmm7
  addq $128, %rsp
  .cfi_adjust_cfa_offset -128
  popq %r9
  .cfi_adjust_cfa_offset -8
  popq %r8
  .cfi_adjust_cfa_offset -8
  popq %rcx
  .cfi_adjust_cfa_offset -8
  popq %rdx
  .cfi_adjust_cfa_offset -8
  popq %rsi
  .cfi_adjust_cfa_offset -8
  popq %rdi
  .cfi_adjust_cfa_offset -8
  popq %rax
  .cfi_adjust_cfa_offset -8
  jmp *%r11
  .cfi_endproc
  .size kugel_find, . - kugel_find

#include "functions.def"

// Where each function was found; zero until then.
  .bss
  .balign 8
  .type kugel_found, @object
kugel_found:
  .skip 8 * kugel_count
  .size kugel_found, . - kugel_found

#endif

  .section .note.GNU-stack, "", @progbits
