/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The layout of the public structs as 0.1 has it, on machines with 64-bit pointers. A line here
 * changes only with a new soname; tests/structure/abi.py --update adds new structs and members.
 */
#include <stddef.h>

#include <librules/librules.h>

#define SIZE(type, bytes) _Static_assert(sizeof(struct type) == (bytes), #type)
#define AT(type, member, bytes)                                                                    \
    _Static_assert(offsetof(struct type, member) == (bytes), #type "." #member)

#if defined(__LP64__)
SIZE(rls_text, 16);
AT(rls_text, data, 0);
AT(rls_text, len, 8);

SIZE(rls_case, 80);
AT(rls_case, size, 0);
AT(rls_case, rule, 8);
AT(rls_case, expect, 16);
AT(rls_case, line, 20);
AT(rls_case, source, 24);
AT(rls_case, note, 32);
AT(rls_case, verdict, 40);
AT(rls_case, severity, 48);
AT(rls_case, version, 56);
AT(rls_case, requirement, 64);
AT(rls_case, profile, 72);

SIZE(rls_difference, 32);
AT(rls_difference, size, 0);
AT(rls_difference, point, 8);
AT(rls_difference, expected, 16);
AT(rls_difference, actual, 24);

SIZE(rls_compiler_options, 48);
AT(rls_compiler_options, size, 0);
AT(rls_compiler_options, flags, 8);
AT(rls_compiler_options, max_rules, 12);
AT(rls_compiler_options, max_diagnostics, 16);
AT(rls_compiler_options, reserved, 20);
AT(rls_compiler_options, max_source_bytes, 24);
AT(rls_compiler_options, on_diagnostic, 32);
AT(rls_compiler_options, diagnostic_user, 40);

SIZE(rls_allocator, 40);
AT(rls_allocator, size, 0);
AT(rls_allocator, alloc, 8);
AT(rls_allocator, resize, 16);
AT(rls_allocator, release, 24);
AT(rls_allocator, user, 32);

SIZE(rls_context_options, 40);
AT(rls_context_options, size, 0);
AT(rls_context_options, flags, 8);
AT(rls_context_options, max_log_level, 12);
AT(rls_context_options, allocator, 16);
AT(rls_context_options, log, 24);
AT(rls_context_options, log_user, 32);

SIZE(rls_stage_cost, 40);
AT(rls_stage_cost, size, 0);
AT(rls_stage_cost, times, 8);
AT(rls_stage_cost, bytes, 16);
AT(rls_stage_cost, characters, 24);
AT(rls_stage_cost, ns, 32);

SIZE(rls_rule_cost, 56);
AT(rls_rule_cost, size, 0);
AT(rls_rule_cost, rule, 8);
AT(rls_rule_cost, judged, 16);
AT(rls_rule_cost, conditions, 24);
AT(rls_rule_cost, findings, 32);
AT(rls_rule_cost, ns, 40);
AT(rls_rule_cost, worst_ns, 48);

SIZE(rls_pattern_cost, 112);
AT(rls_pattern_cost, size, 0);
AT(rls_pattern_cost, text, 8);
AT(rls_pattern_cost, list, 16);
AT(rls_pattern_cost, source, 24);
AT(rls_pattern_cost, line, 32);
AT(rls_pattern_cost, factors, 36);
AT(rls_pattern_cost, texts, 40);
AT(rls_pattern_cost, woken, 48);
AT(rls_pattern_cost, places, 56);
AT(rls_pattern_cost, runs, 64);
AT(rls_pattern_cost, bytes, 72);
AT(rls_pattern_cost, matches, 80);
AT(rls_pattern_cost, limits, 88);
AT(rls_pattern_cost, ns, 96);
AT(rls_pattern_cost, worst_ns, 104);

SIZE(rls_list_cost, 56);
AT(rls_list_cost, size, 0);
AT(rls_list_cost, list, 8);
AT(rls_list_cost, source, 16);
AT(rls_list_cost, line, 24);
AT(rls_list_cost, terms, 28);
AT(rls_list_cost, candidates, 32);
AT(rls_list_cost, hits, 40);
AT(rls_list_cost, excused, 48);

SIZE(rls_condition, 80);
AT(rls_condition, size, 0);
AT(rls_condition, rule, 8);
AT(rls_condition, version, 16);
AT(rls_condition, part, 24);
AT(rls_condition, owner, 32);
AT(rls_condition, operation, 40);
AT(rls_condition, operand, 48);
AT(rls_condition, source, 56);
AT(rls_condition, line, 64);
AT(rls_condition, number, 68);
AT(rls_condition, depth, 72);
AT(rls_condition, bound, 76);

SIZE(rls_diagnostic, 88);
AT(rls_diagnostic, size, 0);
AT(rls_diagnostic, level, 8);
AT(rls_diagnostic, code, 12);
AT(rls_diagnostic, line, 16);
AT(rls_diagnostic, column, 20);
AT(rls_diagnostic, end_column, 24);
AT(rls_diagnostic, excerpt_column, 28);
AT(rls_diagnostic, source, 32);
AT(rls_diagnostic, rule, 40);
AT(rls_diagnostic, message, 48);
AT(rls_diagnostic, message_zh, 56);
AT(rls_diagnostic, hint, 64);
AT(rls_diagnostic, hint_zh, 72);
AT(rls_diagnostic, excerpt, 80);

SIZE(rls_param, 16);
AT(rls_param, name, 0);
AT(rls_param, value, 8);

SIZE(rls_param_error, 40);
AT(rls_param_error, size, 0);
AT(rls_param_error, index, 8);
AT(rls_param_error, reason, 16);
AT(rls_param_error, reason_zh, 24);
AT(rls_param_error, nearest, 32);

SIZE(rls_evaluator_options, 64);
AT(rls_evaluator_options, size, 0);
AT(rls_evaluator_options, flags, 8);
AT(rls_evaluator_options, max_hits, 12);
AT(rls_evaluator_options, max_facts, 16);
AT(rls_evaluator_options, reserved, 20);
AT(rls_evaluator_options, max_document_bytes, 24);
AT(rls_evaluator_options, profile, 32);
AT(rls_evaluator_options, params, 40);
AT(rls_evaluator_options, n_params, 48);
AT(rls_evaluator_options, param_error, 56);

SIZE(rls_json_error, 40);
AT(rls_json_error, size, 0);
AT(rls_json_error, offset, 8);
AT(rls_json_error, line, 16);
AT(rls_json_error, column, 20);
AT(rls_json_error, reason, 24);
AT(rls_json_error, reason_zh, 32);

SIZE(rls_explained_hit, 56);
AT(rls_explained_hit, size, 0);
AT(rls_explained_hit, state, 8);
AT(rls_explained_hit, forms, 12);
AT(rls_explained_hit, field, 16);
AT(rls_explained_hit, matched, 24);
AT(rls_explained_hit, term, 32);
AT(rls_explained_hit, list, 40);
AT(rls_explained_hit, by, 48);

SIZE(rls_explained, 120);
AT(rls_explained, size, 0);
AT(rls_explained, truth, 8);
AT(rls_explained, depth, 12);
AT(rls_explained, line, 16);
AT(rls_explained, number, 20);
AT(rls_explained, part, 24);
AT(rls_explained, owner, 32);
AT(rls_explained, record, 40);
AT(rls_explained, version, 48);
AT(rls_explained, operation, 56);
AT(rls_explained, operand, 64);
AT(rls_explained, actual, 72);
AT(rls_explained, near_miss, 80);
AT(rls_explained, decides, 88);
AT(rls_explained, crosses, 89);
AT(rls_explained, within, 92);
AT(rls_explained, distance, 96);
AT(rls_explained, hits, 104);
AT(rls_explained, n_hits, 112);

SIZE(rls_attribute, 32);
AT(rls_attribute, name, 0);
AT(rls_attribute, value, 16);

SIZE(rls_sku, 72);
AT(rls_sku, size, 0);
AT(rls_sku, id, 8);
AT(rls_sku, title, 24);
AT(rls_sku, price, 40);
AT(rls_sku, attributes, 56);
AT(rls_sku, n_attributes, 64);

SIZE(rls_listing, 280);
AT(rls_listing, size, 0);
AT(rls_listing, id, 8);
AT(rls_listing, title, 24);
AT(rls_listing, description, 40);
AT(rls_listing, category, 56);
AT(rls_listing, category_id, 72);
AT(rls_listing, brand, 88);
AT(rls_listing, origin, 104);
AT(rls_listing, label, 120);
AT(rls_listing, price, 136);
AT(rls_listing, currency, 152);
AT(rls_listing, platform, 168);
AT(rls_listing, channel, 184);
AT(rls_listing, attributes, 200);
AT(rls_listing, n_attributes, 208);
AT(rls_listing, image_texts, 216);
AT(rls_listing, n_image_texts, 224);
AT(rls_listing, destinations, 232);
AT(rls_listing, n_destinations, 240);
AT(rls_listing, skus, 248);
AT(rls_listing, n_skus, 256);
AT(rls_listing, description_type, 264);

SIZE(rls_evidence, 120);
AT(rls_evidence, size, 0);
AT(rls_evidence, field, 8);
AT(rls_evidence, index, 16);
AT(rls_evidence, forms, 20);
AT(rls_evidence, begin, 24);
AT(rls_evidence, end, 32);
AT(rls_evidence, utf16_begin, 40);
AT(rls_evidence, utf16_end, 48);
AT(rls_evidence, point_begin, 56);
AT(rls_evidence, point_end, 64);
AT(rls_evidence, excerpt, 72);
AT(rls_evidence, matched, 80);
AT(rls_evidence, folded, 88);
AT(rls_evidence, term, 96);
AT(rls_evidence, record, 104);
AT(rls_evidence, guard, 112);

SIZE(rls_citation, 96);
AT(rls_citation, size, 0);
AT(rls_citation, source, 8);
AT(rls_citation, title, 16);
AT(rls_citation, number, 24);
AT(rls_citation, issuer, 32);
AT(rls_citation, clause, 40);
AT(rls_citation, published, 48);
AT(rls_citation, from, 56);
AT(rls_citation, until, 64);
AT(rls_citation, url, 72);
AT(rls_citation, standing, 80);
AT(rls_citation, text, 88);

SIZE(rls_format_options, 24);
AT(rls_format_options, size, 0);
AT(rls_format_options, on_diagnostic, 8);
AT(rls_format_options, diagnostic_user, 16);

SIZE(rls_mutation, 72);
AT(rls_mutation, size, 0);
AT(rls_mutation, kind, 8);
AT(rls_mutation, line, 12);
AT(rls_mutation, source, 16);
AT(rls_mutation, rule, 24);
AT(rls_mutation, owner, 32);
AT(rls_mutation, operation, 40);
AT(rls_mutation, operand, 48);
AT(rls_mutation, change, 56);
AT(rls_mutation, term, 64);

SIZE(rls_cancel, 4);
AT(rls_cancel, state, 0);

SIZE(rls_check_options, 104);
AT(rls_check_options, size, 0);
AT(rls_check_options, flags, 8);
AT(rls_check_options, max_findings, 12);
AT(rls_check_options, excerpt_bytes, 16);
AT(rls_check_options, has, 20);
AT(rls_check_options, now, 24);
AT(rls_check_options, as_of, 32);
AT(rls_check_options, deadline_ns, 40);
AT(rls_check_options, cancel, 48);
AT(rls_check_options, platform, 56);
AT(rls_check_options, channel, 64);
AT(rls_check_options, destinations, 72);
AT(rls_check_options, n_destinations, 80);
AT(rls_check_options, mapping, 88);
AT(rls_check_options, language, 96);

SIZE(rls_exception, 64);
AT(rls_exception, size, 0);
AT(rls_exception, id, 8);
AT(rls_exception, rule, 16);
AT(rls_exception, owner, 24);
AT(rls_exception, from, 32);
AT(rls_exception, until, 40);
AT(rls_exception, source, 48);
AT(rls_exception, line, 56);
AT(rls_exception, reserved, 60);

SIZE(rls_undecided, 24);
AT(rls_undecided, size, 0);
AT(rls_undecided, fact, 8);
AT(rls_undecided, rules, 16);

SIZE(rls_assumption, 24);
AT(rls_assumption, size, 0);
AT(rls_assumption, fact, 8);
AT(rls_assumption, value, 16);

SIZE(rls_note, 40);
AT(rls_note, size, 0);
AT(rls_note, code, 8);
AT(rls_note, reserved, 12);
AT(rls_note, field, 16);
AT(rls_note, message, 24);
AT(rls_note, message_zh, 32);

SIZE(rls_milestone, 40);
AT(rls_milestone, size, 0);
AT(rls_milestone, rule, 8);
AT(rls_milestone, id, 16);
AT(rls_milestone, record, 24);
AT(rls_milestone, instant, 32);

SIZE(rls_rule_version, 48);
AT(rls_rule_version, size, 0);
AT(rls_rule_version, name, 8);
AT(rls_rule_version, from, 16);
AT(rls_rule_version, until, 24);
AT(rls_rule_version, standing, 32);
AT(rls_rule_version, verdict, 40);
AT(rls_rule_version, reserved, 44);

SIZE(rls_event, 112);
AT(rls_event, size, 0);
AT(rls_event, id, 8);
AT(rls_event, kind, 24);
AT(rls_event, about, 40);
AT(rls_event, at, 56);
AT(rls_event, place, 64);
AT(rls_event, text, 80);
AT(rls_event, facts, 96);
AT(rls_event, n_facts, 104);
#endif

int main(void)
{
    return 0;
}
