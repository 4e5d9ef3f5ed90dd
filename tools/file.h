/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_FILE_H
#define TOOLS_FILE_H

#include "buffer.h"

#include <stdbool.h>

/* Appends all of a file, of standard input when the path is "-".
 * @return false after saying why */
bool file_read(const char *path, struct buffer *out);
/* Writes a file so that whoever reads it finds the old content or the new one, whole. Keeps the
 * permissions of a file that is there, and a link that leads to it.
 * @return false after saying why; then nothing has changed */
bool file_replace(const char *path, const char *data, size_t len);

#endif
