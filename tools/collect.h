/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_COLLECT_H
#define TOOLS_COLLECT_H

#include "rules.h"

/* Adds the rule files of @p root: itself, or the *.xml files below it in the order of the bytes of
 * their paths. Hidden entries and directories called "schema" are passed over.
 * @return false after saying why */
bool collect_files(struct paths *files, const char *root);

#endif
