#pragma once
#include <spawn.h>

/* What the C library has beyond POSIX and shows only under _GNU_SOURCE, which Swift does not set. */

int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
int memfd_create(const char *name, unsigned int flags);
int pipe2(int ends[2], int flags);
int mallopt(int parameter, int value);

enum { BURSAR_SPAWN_SETSID = 0x80, BURSAR_MFD_CLOEXEC = 1, BURSAR_M_TRIM_THRESHOLD = -1 };
