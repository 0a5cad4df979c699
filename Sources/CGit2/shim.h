#pragma once
#include <git2.h>
#include <git2/sys/mempack.h>

/* git_libgit2_opts is variadic, which Swift does not call. Off by default: a commit must survive a power cut. */
static inline int bursar_git_enable_fsync(void) { return git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1); }
