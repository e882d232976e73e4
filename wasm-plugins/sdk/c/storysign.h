/* What StorySign offers to plugins in C, without a C library: one header to include, and the sources beside it to compile along. */
#ifndef STORYSIGN_H
#define STORYSIGN_H

#include "functions.h"
#include "hook.h"

#endif
