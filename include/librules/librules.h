/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file librules.h
 * The umbrella header: everything.
 */
#ifndef LIBRULES_LIBRULES_H
#define LIBRULES_LIBRULES_H

#include <librules/base.h>
#include <librules/cases.h>
#include <librules/compiler.h>
#include <librules/context.h>
#include <librules/costs.h>
#include <librules/coverage.h>
#include <librules/diagnostic.h>
#include <librules/evaluator.h>
#include <librules/explanation.h>
#include <librules/facts.h>
#include <librules/finding.h>
#include <librules/format.h>
#include <librules/holder.h>
#include <librules/mutation.h>
#include <librules/options.h>
#include <librules/profile.h>
#include <librules/report.h>
#include <librules/set.h>
#include <librules/tracker.h>

#endif
