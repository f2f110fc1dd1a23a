//! Words of the interface, and whom to call.

use serde::Serialize;
use std::sync::Arc;

/// Words of the interface. Each stands in content under its own name; here they are a list in that order, because
/// a field each would be a tenth of the app.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(into = "Vec<String>")]
pub struct Labels(Arc<Vec<String>>);

impl From<Vec<String>> for Labels {
    fn from(texts: Vec<String>) -> Self {
        Self(Arc::new(texts))
    }
}

impl From<Labels> for Vec<String> {
    fn from(labels: Labels) -> Self {
        labels.0.to_vec()
    }
}

impl Labels {
    fn at(&self, place: usize) -> String {
        self.0.get(place).cloned().unwrap_or_default()
    }
}

macro_rules! labels {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        #[allow(non_camel_case_types, reason = "the places of labels go by their names in content")]
        enum At { $($name),+ }

        impl Labels {
            /// The name of every label, in order.
            pub const NAMES: &[&str] = &[$(stringify!($name)),+];

            $($(#[$doc])* pub fn $name(&self) -> String { self.at(At::$name as usize) })+
        }
    };
}

labels! {
    /// Title of the whole site.
    site,
    /// What this is, above whatever is printed or handed on as text.
    printed,
    /// Suffix of document titles.
    title_suffix,
    /// Banner over content nobody has signed.
    draft,
    /// Said where a program has translated the page.
    translated,
    /// Banner over content that was withdrawn.
    withdrawn,
    /// Short disclaimer at the foot of every page.
    disclaimer,
    /// Button: begin.
    start,
    /// The box on the start screen.
    keep,
    /// What unticking it means.
    keep_hint,
    /// Start screen of a check that keeps nothing.
    keeps_nothing,
    /// Button: go on where one stopped.
    go_on,
    /// What going on means.
    go_on_hint,
    /// Heading above kept answers.
    kept_title,
    /// When they were kept: `{when}`.
    kept_when,
    /// Button: next screen.
    continue_,
    /// Link: previous screen.
    back,
    /// Link at the top: whom to call.
    help_now,
    /// Heading of the call card.
    help_title,
    /// On the call card: whom to ask where it is no emergency: `{URGENT}`.
    help_urgent,
    /// Closes the call card.
    close,
    /// `Part {n} of {total}`.
    part,
    /// Divider before the options that say nothing.
    or,
    /// Hint above options of which several may be ticked.
    pick_all,
    /// Heading of the error summary.
    error_title,
    /// The same where only answers that do not fit together are wrong.
    error_clash_title,
    /// Before the document title while there is an error.
    error_prefix,
    /// Missing answer of a choice of one.
    error_one,
    /// Missing answer of a choice of many.
    error_many,
    /// Missing or impossible number: `{min}`, `{max}`.
    error_number,
    /// A sign and its denial are both ticked: `{signs}`, `{none}`.
    error_clash,
    /// In place of a sign that is not quoted in an error: thoughts of self-harm.
    error_sign,
    /// Button: the signs are right.
    error_keep,
    /// Footer link: delete and leave.
    delete_leave,
    /// Button: delete.
    delete,
    /// Said when answers are gone.
    deleted,
    /// Said where the browser kept something back.
    not_deleted,
    /// Heading of the review screen.
    review_title,
    /// What the review screen is.
    review_lead,
    /// Button: show the result.
    see_result,
    /// Heading of the answers that matter: `{n}`.
    review_matters,
    /// Where no answer matters.
    review_nothing,
    /// A step in one line: `{n}` answers.
    review_step,
    /// Link: change an answer.
    change,
    /// Link: change this answer (in a finding).
    change_this,
    /// What a change link is about, for screen readers: `{topic}`.
    change_about,
    /// Above the title: `{when}`.
    result_made,
    /// A result older than a day: `{when}`.
    result_old,
    /// A mildest result of unsigned content.
    result_draft,
    /// Heading: do first.
    do_first,
    /// Heading: why.
    why,
    /// Above the answers that led to a finding.
    you_said,
    /// Opens the sources.
    sources,
    /// Before the confidence.
    how_sure,
    /// Confidence in words.
    sure_high,
    /// Confidence in words.
    sure_medium,
    /// Confidence in words.
    sure_low,
    /// How far a source was checked.
    checked_a,
    /// How far a source was checked.
    checked_b,
    /// How far a source was checked.
    checked_c,
    /// How far a source was checked.
    checked_d,
    /// When a source was checked: `{when}`.
    checked_on,
    /// Heading of the waits.
    waits,
    /// A wait: `{until}`.
    wait,
    /// A wait counted from today: `{date}`.
    wait_not_before,
    /// Where the day a wait counts from is so long ago that it is over.
    wait_over,
    /// Heading of the notes.
    notes,
    /// Link to the questions to ask.
    ask_link,
    /// Link to the preparation list.
    prepare_link,
    /// Button: ask for a talk.
    book,
    /// What a click on it tells the clinic.
    book_hint,
    /// Result footer: `{version}`.
    result_footer,
    /// Who reviewed: `{by}`, `{on}`.
    reviewed,
    /// Nobody has.
    not_reviewed,
    /// Added to the mildest outcome.
    mildest_footer,
    /// Content past its review date.
    out_of_date_title,
    /// What that means.
    out_of_date,
    /// Button: begin anew.
    restart,
    /// The call button: `{EMERGENCY}`.
    call,
    /// Above the signs on the emergency page.
    you_told_us,
    /// Heading of first aid.
    while_you_wait,
    /// Link that undoes a mistaken tick.
    mistake,
    /// Panel under a ticked sign: `{EMERGENCY}`.
    panel_emergency,
    /// Panel under a ticked same-day sign: `{URGENT}`.
    panel_urgent,
    /// Panel under a tick on self-harm.
    panel_crisis,
    /// Opens the list of countries.
    other_country,
    /// Above that list, where nobody knows the country.
    which_country,
    /// Heading of the crisis page.
    crisis_title,
    /// Its first line.
    crisis_thanks,
    /// For people in danger now.
    crisis_unsafe,
    /// For people who can keep safe for now.
    crisis_safe,
    /// What to say.
    crisis_say,
    /// Grouped finding of "not sure": `{topics}`.
    unsure_topics,
    /// Grouped finding of "prefer not to say": `{topics}`.
    private_topics,
    /// Joins the last two of a list.
    and,
    /// Storage refused.
    store_refused,
    /// Storage full.
    store_full,
    /// Stored answers could not be read.
    store_damaged,
    /// Stored answers are from a newer version.
    store_newer,
    /// Some questions have changed since.
    store_changed,
    /// Answers expired.
    store_expired,
    /// What was kept is no longer there, and nobody here knows why.
    store_gone,
    /// Document title of a screen of questions: `{n}`.
    title_question,
    /// Document title of the result.
    title_result,
    /// A stored answer that must be given again: `{when}`, `{answer}`.
    stale,
    /// Some answers are asked again because time has passed.
    stale_notice,
    /// The island could not start.
    failed_title,
    /// What to do then.
    failed,
    /// No script.
    no_script,
    /// Home: heading.
    home_title,
    /// Home: what this is.
    home_lead,
    /// Home: for whom and how long.
    home_for,
    /// Home: door to the check.
    home_check,
    /// Home: what is behind it.
    home_check_hint,
    /// Home: door to aftercare.
    home_aftercare,
    /// Home: what is behind it.
    home_aftercare_hint,
    /// Home: heading of the FAQ.
    home_faq,
    /// Home: heading of the lists.
    home_lists,
    /// FAQ: heading.
    faq_title,
    /// FAQ: what it is.
    faq_lead,
    /// FAQ: label of the search box.
    search,
    /// FAQ: nothing found.
    search_nothing,
    /// FAQ: how many were found: `{n}`.
    search_found,
    /// Article: heading of the evidence.
    evidence,
    /// Evidence in a word.
    evidence_good,
    /// Evidence in a word.
    evidence_mixed,
    /// Evidence in a word.
    evidence_little,
    /// Evidence in a word.
    evidence_none,
    /// Article: where it comes from.
    article_sources,
    /// Article: when it is to be looked at again: `{date}`.
    article_review,
    /// Article: related questions.
    related,
    /// About: heading of the rules.
    rules_title,
    /// About: what the table is.
    rules_lead,
    /// About: heading of the sources.
    sources_title,
    /// Table heading.
    rule_when,
    /// Table heading.
    rule_why,
    /// Table heading.
    rule_source,
    /// About: content version and hash: `{version}`, `{hash}`.
    content_version,
    /// Joins conditions.
    cond_and,
    /// Joins conditions.
    cond_or,
    /// Turns a condition round.
    cond_not,
    /// A condition: `{topic}` is one of `{options}`.
    cond_has,
    /// A number condition.
    cond_at_least,
    /// A number condition.
    cond_at_most,
    /// Navigation: home.
    nav_home,
    /// Navigation: questions.
    nav_faq,
    /// Navigation: check.
    nav_check,
    /// Navigation: aftercare.
    nav_aftercare,
    /// Navigation: prepare.
    nav_prepare,
    /// Navigation: about.
    nav_about,
    /// Navigation: privacy.
    nav_privacy,
    /// Name of the navigation for screen readers.
    nav_label,
    /// Skip link.
    skip,
    /// Where a clinic shows the check as it was published: `{clinic}`.
    shown_by,
    /// Where a clinic shows a check that it changed: `{clinic}`.
    shown_own,
    /// Not found page.
    not_found_title,
    /// Not found page.
    not_found,
    /// A static emergency card's heading.
    card_title,
    /// Its text.
    card_text,
    /// The emergency number where nobody knows the country.
    any_emergency,
    /// Whom to ask urgently where nobody knows the country.
    any_urgent,
    /// Names of the months, with spaces between.
    months,
    /// Link to the timeline.
    timeline_link,
    /// Before the signs that need a doctor the same day.
    net_doctor,
    /// Before the signs that need emergency help.
    net_emergency,
    /// About: heading of what a computer has checked.
    proof_title,
    /// What that says and does not say: `{who}` is one of the next three.
    proof_lead,
    /// Who signed: `{by}`, `{on}`.
    proof_signed,
    /// Nobody did.
    proof_nobody,
    /// The publisher withdrew the content.
    proof_withdrawn,
    /// Which content was checked: `{version}`, `{hash}`.
    proof_of,
    /// Link to the figures.
    proof_data,
    /// Opens what holds for every set of answers: `{n}` statements.
    proof_says,
    /// Says the tick before a statement, for screen readers.
    proof_holds,
    /// Opens the drawing of a check.
    proof_flow,
    /// What the drawing is.
    proof_flow_lead,
    /// Says the drawing to those who do not see it: `{check}`, `{n}` questions, `{rules}` is the heading of the rules.
    proof_flow_alt,
    /// Link to the drawing by itself.
    proof_flow_open,
    /// Opens the table of outcomes by question.
    proof_matrix,
    /// Drawing: its name: `{check}`.
    draw_title,
    /// Drawing: its description: `{n}` questions.
    draw_about,
    /// Drawing: `{questions}`, `{screens}`, `{options}`.
    draw_counts,
    /// Drawing: sheet `{n}` of `{total}`.
    draw_sheet,
    /// Drawing: the emergency number in titles of outcomes.
    draw_emergency,
    /// Drawing: whom to ask urgently in titles of outcomes.
    draw_urgent,
    /// Legend: an answer that is told only.
    draw_note,
    /// Legend: an answer that raises nothing.
    draw_nothing,
    /// Legend: an answer that counts with others.
    draw_counted,
    /// Legend: an answer whose outcome depends on others.
    draw_depends,
    /// Legend: an arrow and the number of a question: `{n}`.
    draw_opens,
    /// Drawing: how long to wait: `{n}`.
    draw_days,
    /// Legend: what a number of days is.
    draw_wait,
    /// Drawing: the check stops.
    draw_stop,
    /// Legend: what that means.
    draw_stops,
    /// Drawing: the check ends.
    draw_end,
    /// Legend: what that means.
    draw_ends,
    /// Drawing: a screen: `{n}`.
    draw_screen,
    /// Drawing: when a question is asked: `{when}`.
    draw_asked,
    /// Drawing: how a question is answered.
    draw_one,
    /// Drawing: how a question is answered.
    draw_many,
    /// Drawing: how a question is answered: `{min}`, `{max}`.
    draw_number,
    /// Drawing: in place of an option: `{min}`, `{max}`.
    draw_any_number,
    /// Drawing: how long an answer holds.
    draw_hour,
    /// Drawing: how long an answer holds: `{n}`.
    draw_hours,
    /// Drawing: which questions decide what the options lead to: `{topics}`.
    draw_table,
    /// Drawing: a rule over several answers: `{rule}`, `{when}`.
    draw_together,
    /// Table of outcomes: heading.
    draw_question,
    /// Table of outcomes: heading of what is told only.
    draw_told,
    /// Table of outcomes: heading of what raises nothing.
    draw_raises_nothing,
    /// Table of outcomes: what a star means.
    draw_star,
    /// Heading: what would change the result.
    outlook_title,
    /// Above several ways to a milder result.
    outlook_any,
    /// Above changes that must all have come.
    outlook_all,
    /// What the check would say then: `{title}`.
    outlook_then,
    /// Below what would change the result.
    outlook_again,
    /// Before the field for a day: `{from}`.
    day_of,
    /// A day that no wait can count from: `{min}`, `{max}`.
    day_wrong,
    /// Link: a calendar file.
    calendar,
    /// Title of the day in a calendar: nothing private.
    calendar_title,
    /// Its text.
    calendar_text,
    /// Heading: questions for the consultation.
    to_ask,
    /// How to use them.
    to_ask_hint,
    /// Heading: what to bring.
    to_bring,
    /// Heading: take the result along.
    take_title,
    /// What that means.
    take_hint,
    /// Above the boxes of what stays out of print and text unless it is ticked.
    take_private,
    /// In print and text: one reason stays out.
    left_out,
    /// In print and text: `{n}` reasons stay out.
    left_out_many,
    /// Button: show the phone.
    show,
    /// Button: back from that.
    show_close,
    /// Button: print.
    print,
    /// Said when no print window opened.
    not_printed,
    /// Button: copy as text.
    copy,
    /// Said when it is copied.
    copied,
    /// Said when it could not be.
    not_copied,
    /// Button: share as text.
    share,
    /// Said when it could not be shared.
    not_shared,
    /// Navigation: the check on paper.
    nav_paper,
    /// Heading of the form, and the link to it.
    paper_title,
    /// What the form is.
    paper_lead,
    /// How to print it; shown on the screen only.
    paper_screen,
    /// Heading of how to fill it in.
    paper_how,
    /// How to: in which order.
    paper_how_order,
    /// How to: leave nothing out.
    paper_how_all,
    /// How to: what the signs are.
    paper_how_sign,
    /// How to: boxes over several answers.
    paper_how_more,
    /// How to: where to stop.
    paper_how_stop,
    /// When a question is to be answered: `{when}`.
    paper_only,
    /// A box over several answers: `{when}`.
    paper_if,
    /// Where to stop: `{when}`. What to do stands behind it.
    paper_stop,
    /// Where a box over several answers stops the check.
    paper_stop_here,
    /// An answer that ends the check: `{when}`.
    paper_end,
    /// A condition: boxes of one question.
    paper_ticked,
    /// Several boxes of which one is enough.
    paper_one_of,
    /// A condition: a number. `{topic}` is the number of the question.
    paper_least,
    /// A condition: a number.
    paper_most,
    /// Turns a condition round.
    paper_not,
    /// Heading of boxes to tick at the very end.
    paper_last,
    /// Heading of the results.
    paper_result,
    /// How to find the result.
    paper_result_lead,
    /// In place of a letter: no tick has any.
    paper_none,
    /// Another title of a result: some of these boxes.
    paper_with,
    /// Another title of a result: no other box of that letter.
    paper_only_with,
    /// Another title of a result: no other number stands in a sign of that letter.
    paper_only_numbers,
    /// Which wait counts.
    paper_waits,
    /// Heading of the numbers in the signs.
    paper_whom,
    /// What the numbers are.
    paper_whom_lead,
    /// When to fill in a new form.
    paper_again,
    /// How long a sheet holds: `{date}`.
    paper_old,
    /// Heading of the reasons, and the link to them.
    paper_reasons,
    /// What the sheet of reasons is.
    paper_reasons_lead,
    /// The reason of most answers that say nothing.
    paper_unsure,
    /// Link to the card for after a treatment.
    paper_card_link,
    /// Why there is a card and no form.
    paper_card_why,
    /// Card: in doubt.
    paper_card_unsure,
    /// Card: getting worse.
    paper_card_worse,
    /// Card: later than usual.
    paper_card_late,
    /// Card: more at risk.
    paper_card_risk,
    /// Card: everything else.
    paper_card_other,
    /// Start screen: how to leave at once.
    how_to_exit,
    /// Button on every page: leave at once.
    exit,
    /// Announced after the first press of Shift.
    exit_two,
    /// Announced after the second.
    exit_one,
    /// Announced when the presses so far no longer count.
    exit_over,
    /// All that is left on the page while it is left.
    exit_leaving,
    /// Opens what makes a code for the clinic.
    code_title,
    /// What the code is.
    code_lead,
    /// What it holds, and who can read it.
    code_health,
    /// What cannot be wiped.
    code_history,
    /// Heading of the parts to tick.
    code_parts,
    /// The part that holds what to ask.
    code_wishes,
    /// Which of them stay out.
    code_wishes_about,
    /// Button: make the code.
    code_make,
    /// Where nothing is ticked.
    code_nothing,
    /// Where no code can be made.
    code_failed,
    /// Says the picture of the code, for screen readers.
    code_picture,
    /// What to do with it.
    code_scan,
    /// Handed over: when the answers were given: `{date}`.
    handed_day,
    /// Handed over: heading of what the person wants to ask.
    handed_wishes,
    /// Page of answers handed over: its name.
    handover_title,
    /// Its heading.
    handover_head,
    /// Above answers.
    handover_lead,
    /// Below answers.
    handover_after,
    /// Where there is nothing to show.
    handover_nothing,
    /// A link that holds no code.
    handover_foreign,
    /// A code whose end is missing.
    handover_cut,
    /// A code that is not as it was made.
    handover_damaged,
    /// A code of a newer program.
    handover_newer,
    /// A code made with other content.
    handover_other,
    /// No script.
    handover_script,
    /// The page could not start.
    handover_failed_title,
    /// What to do then.
    handover_failed,
    /// Button: load the new version of the site.
    offline_update,
    /// Heading where a page is not kept and there is no connection.
    offline_title,
    /// What that means.
    offline_text,
    /// What a picture of the app shows, before it is installed.
    offline_picture_check,
    /// What a picture of the app shows, before it is installed.
    offline_picture_result,
    /// Heading above sums of the files.
    sums_title,
    /// What a sum is good for.
    sums_lead,
    /// How to compare.
    sums_how,
    /// What is not among them.
    sums_rest,
    /// Link to all of them.
    sums_all,
    /// What to know of a check in one file.
    single_note,
    /// Start screen, where answers are kept in the tab only.
    keeps_in_tab,
    /// Beside the mildest outcome: calls the clinic: `{phone}`.
    clinic_phone,
    /// Link in a frame on another website: opens the check in a tab of its own.
    embed_open,
    /// Where the page around a frame could read the answers.
    embed_near,
    /// Page for clinics who put the check on their website: its heading.
    embed_title,
    /// Its first sentences.
    embed_lead,
    /// Where the check has to stand.
    embed_own,
    /// Which check is put there.
    embed_which,
    /// Heading: a frame with a script.
    embed_script,
    /// When to take it.
    embed_script_why,
    /// Heading: a frame alone.
    embed_frame,
    /// When to take it.
    embed_frame_why,
    /// Heading: a link.
    embed_link,
    /// When to take it.
    embed_link_why,
    /// What people with fewer rights on a website can paste.
    embed_roles,
    /// Button: copy the text above it.
    embed_copy,
    /// The browser did not copy.
    embed_not_copied,
    /// Heading: what the frame looks like.
    embed_preview,
    /// Heading: what must not stand around the check.
    embed_rules,
    /// What must not stand around the check.
    embed_rules_text,
}

/// Whom to call in a country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Country {
    /// ISO 3166 code, or `EU`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Number of the emergency services, as dialled.
    pub emergency: String,
    /// Whom to ask when it is urgent but no emergency, as it fits after "Use".
    pub urgent: String,
    /// How to call them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub urgent_call: Vec<HelpLine>,
    /// For people who cannot speak on the phone.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub silent: String,
    /// ISO 3166 codes of where it reaches. A pack has their zones instead.
    #[serde(skip)]
    pub territories: Vec<String>,
    /// Its time zones under every name they have, in short: how some begin, and how each goes on, with spaces between.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub zones: Vec<String>,
    /// Help for people in despair.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub crisis: Vec<HelpLine>,
    /// Help for people under 18.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub young: Vec<HelpLine>,
}

impl Country {
    /// Whether a device in this time zone is in the country.
    pub fn has_zone(&self, zone: &str) -> bool {
        self.zones.iter().any(|short| {
            let mut parts = short.split(' ');
            let rest = parts.next().and_then(|start| zone.strip_prefix(start));
            rest.is_some_and(|rest| parts.any(|part| part == rest))
        })
    }
}

/// Somebody to call or write to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HelpLine {
    /// What to do: "Call Samaritans, 116 123".
    pub text: String,
    /// A link that does it.
    pub href: String,
}

#[cfg(test)]
mod tests {
    use crate::model::Country;

    #[test]
    fn a_zone_is_of_a_country_by_its_whole_name() {
        let zones = ["Europe/ London Jersey", " GB GB-Eire", "America/Indiana/ Knox"].map(String::from).to_vec();
        let text = String::new;
        let (id, name, emergency, urgent, silent) = (text(), text(), text(), text(), text());
        let (territories, urgent_call, crisis, young) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let country = Country { id, name, emergency, urgent, urgent_call, silent, territories, zones, crisis, young };
        for own in ["Europe/London", "Europe/Jersey", "GB", "GB-Eire", "America/Indiana/Knox"] {
            assert!(country.has_zone(own), "{own}");
        }
        for other in
            ["", " ", "Europe/", "Europe/Lon", "Europe/London2", "europe/london", "London", "America/Knox", "UTC"]
        {
            assert!(!country.has_zone(other), "{other}");
        }
    }
}
