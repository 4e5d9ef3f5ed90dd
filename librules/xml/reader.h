/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LIBRULES_XML_READER_H
#define LIBRULES_XML_READER_H

#include "xml/element.h"

/* The namespace of rule sets. */
#define RULESET_NAMESPACE "urn:librules:ruleset:1"

/* Bytes given to the parser at a time: of a large source a fixed part, because what it holds back
 * of an unfinished comment, tag or text it handles again with each. */
enum { XML_CHUNK = 64 * 1024, XML_CHUNKS = 16 };

/*
 * Reads a source into a tree in the arena. The bytes must be fewer than UINT32_MAX and carry no
 * byte order mark. What is wrong with the XML is reported, ends the reading and leaves the tree as
 * far as it was read, marked broken. False when memory is short, libxml2's included: then the
 * document is worth nothing.
 */
bool xml_read(struct document *doc, struct source *source, struct arena *arena,
              struct diagnostics *d, size_t chunk);

#endif
