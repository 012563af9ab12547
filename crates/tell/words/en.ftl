### What the program says by itself, in English; what the book says stands in the book.
###
### One message a line, in a group a room. `crates/tell/build/catalogue.rs` says which part of
### Project Fluent is understood; CONTRIBUTING.md ("Change a sentence of the program") says how.

## What to do now

to-do-call = Call
to-do-in-danger-call = In danger now: call
to-do-advice-line = Health advice line
# In the place of a number, where the region has no such line.
to-do-ask-emergency-number = ask the emergency number for it

## What was said

said-yes = You said yes to: { $label }
said-no = You said no to: { $label }
said-not-sure = You were not sure, which is never taken as no: { $label }
said-value = You said: { $label } { $answer }
said-question = { $label } You said: { $answer }.
said-not-applicable = This does not apply to you: { $label }
stated = { $label }: { $answer }
# The label ends in a mark of its own.
stated-marked = { $label } { $answer }
stated-not-applicable = { $label }: does not apply
stated-marked-not-applicable = { $label } does not apply

## The outcome

outcome-why = Why we say this
outcome-none-fit = None of the danger signs we asked about fit your answers.
outcome-none-decides = Nothing you told us calls for a visit by itself. Tell a doctor or nurse of it when you see one.
outcome-most-likely = This is most likely { $cause }.
outcome-look-again = Look again on { $days }.
two-days = { $first } and { $second }
outcome-for-the-doctor = Show this to the doctor
outcome-could-be = It could be: { $cause }.
outcome-tell-too = Tell the doctor this too
because-not-sure = You were not sure, so we go the safe way. { $because }
because-not-sure-then = You were not sure, so we go the safe way. If it is so after all: { $then }.
# How long to pause between two goes of a remedy.
wait-at-least = Wait at least { $gap } before you do it again.
left-out = Left out for you
where-sources-differ = Where sources differ
what-we-do = What we do:
sources = Sources

## The come-back card

card-title = Your come-back card
card-whole = The whole list for you
card-call-if = Call { $number } if
card-if = { $outcome } if

## What may lie behind it

causes-title = What may lie behind it
causes-are-guesses = These are guesses, each with its reasons. Only a doctor who sees you can name the cause. What you were told to do, and how soon, stays the same.
causes-look-at = Have these looked at
causes-look-at-why = Something you said points to them. They come first so that they are not missed, even where something else is more likely.
causes-what-else = What else it may be
causes-what = What it may be
causes-none-stands-out = No single cause stands out. That is common, and good news.
causes-less-likely = Less likely
cause-speaks-for = What speaks for it:
cause-speaks-against = What speaks against it:
cause-confirm = What would confirm it: { $how }
contributors = What may have helped to bring it on
contributor-helps = What helps with it

## At a visit

visit-not-for-you = Not for you now, or not known to be safe
evidence-for = For it: { $text }
evidence-against = Against it: { $text }

## Habits

habits-title = What keeps spasms away, for you
habits-begin-with = Begin with one or two. What studies found to help stands first.
habits-none-fits = None is known to be right for you now. First: { $first }.
habit-when = { $days }, { $length } each time
habit-acts-on = It acts on: { $causes }

## The course of the pain

course-pain =
    { $days ->
        [0] Pain now
        [1] Pain yesterday
       *[other] Pain { NUMBER($days) } days ago, on { $date }
    }: { NUMBER($points) } of 10, { $spell ->
        [one] { $day }
       *[other] spell { NUMBER($spell) } of this diary, { $day }
    } since it began
course-fell = Your pain is down from { NUMBER($first) } to { NUMBER($now) }.
course-rose = Your pain is up from { NUMBER($first) } to { NUMBER($now) }.
course-stayed = Your pain is { NUMBER($first) }, as at the start.
course-is-over = You are over it.
course-same = The same as at the start of this spell
course-up = { NUMBER($percent) } % up from the start of this spell
course-down = { NUMBER($percent) } % down from the start of this spell
course-over = Well since { $day }: pain of 0 to 1 on seven days in a row. The spell is over.
course-well-by-week-two = You got well within two weeks, like about 36 of 100 people.
course-well-by-week-twelve = You got well within 12 weeks, like about 34 of 100 people.
course-not-yet-well = You are not yet well. At 12 weeks about 14 of 100 people are better and still have some pain.
course-comes-and-goes = The pain comes and goes, as it does for about 10 of 100 people.
course-stayed-high = The pain has stayed high, as it does for about 5 of 100 people. There is more help for this.
course-day = day { NUMBER($days) }
course-day-and-hours = day { NUMBER($days) }, { NUMBER($hours) } h
course-too-early = It is too early to name the course: that takes two weeks and four entries.
course-expected = Expected by now, out of 10: { $fast } if fast, about { $low } to { $high } on average, up to { $slow } if slow. People differ a lot: this is a band, not a promise.
# The two middle curves are at the same place.
course-expected-about = Expected by now, out of 10: { $fast } if fast, about { $average } on average, up to { $slow } if slow. People differ a lot: this is a band, not a promise.
checkpoints-title = What the checkpoints say
checkpoints-none = None of them asks for a visit today.
next-look = Next look:
next-look-expect = By then:

## What went along with less pain

helped-overall-down = Over { NUMBER($times) } tries in all your pain went down by about { $points } points (likely between { $low } and { $high }).
helped-overall-up = Over { NUMBER($times) } tries in all your pain went up by about { $points } points (likely between { $low } and { $high }).
helped-overall-not-clear = Over { NUMBER($times) } tries in all your pain did not clearly change (likely between { $low } and { $high }).
helped-remedy-down = After this your pain went down by about { $points } points (likely between { $low } and { $high }) over { NUMBER($times) } times.
helped-remedy-up = After this your pain went up by about { $points } points (likely between { $low } and { $high }) over { NUMBER($times) } times.
helped-remedy-not-clear = After this your pain did not clearly change (likely between { $low } and { $high }) over { NUMBER($times) } times.
# The ends of a range that holds no change.
helped-no-change = no change
helped-down = { $points } down
helped-up = { $points } up
trigger-days =
    On { $days ->
        [one] 1 day
       *[other] { NUMBER($days) } days
    }.
trigger-no-day-after = There is no entry about a day after.
trigger-next-day =
    { $known ->
        [1] The next day was { $higher ->
            [1] worse
           *[other] not worse
        } that time
       *[other] The next day was worse after { NUMBER($higher) } of the { NUMBER($known) } we know of
    }{ $others ->
        [0] .
        [one] , and after { NUMBER($worse) } of 1 other day.
       *[other] , and after { NUMBER($worse) } of { NUMBER($others) } other days.
    }
strength-helps = Several good studies agree that it helps.
strength-may-help = Some studies found that it helps a little.
strength-unclear = It was studied, and the results are too few or too mixed to tell.
strength-untested = It is common advice. No study has tested it for this.
strength-no-help = Good studies found that it does not help.

## The form for the clinician

form-title = Form for the clinician
form-about = Made from the person's own answers by decision support. It names no diagnosis as certain and replaces no examination.
form-triage = Triage: { $level }
form-rule = { $id } [{ $level }]: { $when }
form-rule-not-sure = { $id } [{ $level }]: { $when } (not ruled out: not sure)
doctor-title = For the doctor
doctor-about = My own answers, put together by a program. It names no diagnosis and replaces no examination.
doctor-name = Name
doctor-born = Date of birth
doctor-date = Date of the visit
doctor-who-hint = Only if you like, and also by hand on the paper. It is printed and not kept.
doctor-advised = What it advised, and why
doctor-level = { $title }. Worked out { $when }.
doctor-danger = Danger signs
doctor-yes = Yes
doctor-not-asked = Not asked
doctor-more-not-asked =
    { $count ->
        [one] One more sign. It may be there or not.
       *[other] { NUMBER($count) } more signs. Each may be there or not.
    }
doctor-pain = Pain, 0 to 10
doctor-pain-now = Now: { NUMBER($pain) }, { $when }
doctor-pain-worst = Worst: { NUMBER($pain) }, { $when }
doctor-where = Where it hurts
doctor-place-pain = { $place }: { NUMBER($pain) }
# The question about places asks for no side.
doctor-place-no-side = { $place } (side not asked)
doctor-story = Who, and what happened
doctor-reported-new = In the diary, { $when }: something is new. It has not been asked about yet.
doctor-too-much = Too much { $name }: { $total } in the 24 hours until { $when }. No clinician has said that it may be taken again.
doctor-danger-none = None of those that are named below.
doctor-absent = Danger signs that were asked about and answered "no"
doctor-absent-topic = { $topic }: { $signs }
doctor-answered-no = Answered "no": { $signs }
doctor-health = Health, as told
doctor-taken = Medicines, as told, and painkillers of the last days
doctor-incomplete = Part of the record is missing or was changed. There may be doses and answers that are not on this page.
doctor-taken-none = No painkiller was written down. Some may have been taken.
doctor-total = Painkillers in the last 24 hours: { $total }
doctor-day-total = { $day }: { $total }
doctor-dose = { $name }, { $when }
doctor-dose-no-time = { $name }, time not known, written down { $when }
doctor-tried = What was tried
doctor-tried-times =
    { $name }, { $times ->
        [one] once
       *[other] { NUMBER($times) } times
    }
doctor-modalities = { $fits }: { $modalities }
doctor-causes = What may lie behind it: possibilities only
doctor-cause = { $name }: { $band }
doctor-ask = What I want to ask
doctor-examine = Examination, to be filled in
doctor-imaging = Imaging for this case
doctor-problems = Problems
doctor-problems-not-asked = No list of problems was asked for. What was told stands under "Health, as told".
doctor-allergies = Allergies
doctor-allergies-not-asked = No list of allergies was asked for. What was told stands under "Health, as told".
doctor-answers = All answers
doctor-answers-about = Every answer, by the screen that asked for it.
doctor-attached-fhir = This page for another system, as FHIR
doctor-attached-certificate = Why the questions could stop, to be checked again
# Said of everybody, so that it tells nothing.
doctor-left-off = Answers that a person may want to keep to themselves are left off here. They may have shaped the advice. Please ask me.
doctor-put-on = Everything that I told is on this page, also what I told in confidence.
doctor-made-unsealed = Made { $at }. Guideline { $version } ({ $hash }).
doctor-made = Made { $at }. Guideline { $version } ({ $hash }), certificate { $seal }.
form-told = What the person told
form-absent = Danger signs asked, and absent
form-not-asked = Danger signs not asked
form-history = History
form-examination = Examination
form-imaging = Imaging: in general
form-imaging-scenario = Imaging: the scenario that fits the answers
form-no-scenario = None is known to fit.
form-line = { $name }: { $text }
form-line-standing = { $name } ({ $standing }): { $text }
form-scenario = { $scenario }. { $text }
form-modality = { $modality }: { $fits }
form-modality-not-named = A modality that is not named is usually not appropriate. From the answers alone: please confirm.
form-ladder = Care ladder, with the evidence for and against
form-rung = { $name }: { $standing }
form-rung-strength = { $name } ({ $strength }): { $standing }
form-caution = Caution: { $because }
appropriate-usually = usually appropriate
appropriate-maybe = may be appropriate
appropriate-usually-not = usually not appropriate

## Questions and answers

check-title = Check your answers
check-all-correct = All correct: go on
tick-all-that-fit = Tick all that fit
not-sure = Not sure
own-words-not-understood = We did not understand what you wrote. The questions will find out.

## The first page of a day

home-day = Day { NUMBER($day) } since it began. Pain { NUMBER($pain) } of 10, { $when }.
home-first = It was { NUMBER($first) } at first.
home-best = What helped you most so far: { $name }.
home-check-in-tonight = Check in tonight.
home-check-in-tomorrow = Check in again tomorrow.
home-calendar-title = The next tablet, if you need it
home-calendar-notes = By the clock alone. Look under Medicines first if it is still safe for you.
# By time and amount alone: whether it is safe is asked where it is taken.
home-next-dose = { $name }: by the clock, the next one { $at }.

## A question to the book

ask-first = First: { $title }
ask-no-source = We have no source on this
ask-no-source-why = People often ask it, but nothing that we trust answers it. A pharmacist or your doctor can.
ask-not-answered = The book does not answer this
ask-not-answered-why = It is about back spasms only, and says nothing where it has no source. Try other words, or ask a pharmacist or your doctor.
ask-or-did-you-mean = Or did you mean
ask-first-of-all = First of all:
ask-see-also = See also

## A dose

dose-asked-about = You asked about { $dose }.
dose-also = Also
dose-counts-together = What counts together
dose-other-packs = Cold, flu and sleep packs count too.
dose-keep-in-mind = Keep in mind
dose-written-down = Written down
dose-next-one = The next one
dose-taken-title = What you took in the last 7 days
dose-time-and-amount = This goes by time and amount only.
dose-any-day = Any 24 hours count, not the day on the calendar.
dose-poison-line = Poison line
dose-advice-line = Advice line
dose-call-now = Call now. Say what you took, how much and when.
dose-nobody-answers = Nobody answers? You feel ill, sleepy or confused?
dose-on-purpose = Was it on purpose, or do you think of harming yourself?
dose-for-you-daily = Your daily { $name }
dose-yes = Yes, you may take it now
dose-wait-until = Not yet. Wait until { $until }
dose-not-before-and-ask = Not before { $until }, and ask a pharmacist first
dose-ask-first = Ask a pharmacist or doctor first
dose-get-help-now = Get help now
dose-no = No, do not take it
dose-at-most-now = At most { $amount } now. Then no more before { $next }.
dose-less-now = { $amount } may be taken now.
dose-named = { $name }, { $amount }
dose-of-pack = { $name }, { $amount } ({ $holds }); limits: { $region }
dose-of-ingredient = { $holds }; limits: { $region }
dose-time-not-known = time not known, counted as { $when }
dose-counted = { $when }: { $pack }, { $amount }
dose-ingredient-itself = the ingredient itself
dose-had-and-limits =
    { $name }: you had { $had } in the last 24 hours. The most is { $day } in 24 hours, { $once } at one time, { $interval } apart, for { $days ->
        [one] one day
       *[other] { NUMBER($days) } days
    }.
dose-pack-says = The pack of { $pack } says: { $limits }. You had { $had } in the last 24 hours.

## What was typed and cannot be used

amount-is-none = `{ $text }` is not an amount. Write a number of tablets such as 2 or 1.5, or milligrams such as 400mg
amount-not-whole = No number of { $name } holds { $milligrams } mg. Count it in { $unit }s, or name what is in it
amount-perhaps-tablets = { $given } of { $ingredient }: is that tablets? Name the pack to count tablets, or give milligrams such as { $usual }mg
amount-is-of-applications = { $name } is put on the skin, so milligrams do not count it. Give how many times it was put on
amount-is-of-whole-applications = { $name } is put on the skin, so only whole times count. Give how many times it was put on
dose-out-of-range = { $what }: the amount must be above 0 and at most { $most } ({ $unit }), and { $given } is not. If so much was taken, get emergency help now
dose-of-no-whole-milligrams = { $given } of { $what } ({ $unit }): those are no whole milligrams. Name what is in it and give its milligrams
dose-not-counted = { $name }: we do not know how much it holds, so we cannot count it. Enter what is in it, from the pack
medicine-unknown = `{ $name }` is not a medicine of this book. Enter what the pack says is in it, one by one, with the milligrams: ibuprofen, for example. Where the pack says anti-inflammatory or NSAID, enter that. Or ask a pharmacist
medicine-misspelt = `{ $name }` is not a medicine of this book. Did you mean { $meant }?
medicine-on-many-packs = `{ $name }` is on more than one pack. Say which one it is: { $packs }
medicine-on-packs-abroad = `{ $name }` is on more than one pack. Say which one it is: { $packs }. Or choose the country with --region
limits-not-here = The book has no doses for { $region }. Ask a pharmacist there. If too much was taken, get emergency help now. If your pack comes from elsewhere, give --region { $regions }
limits-not-chosen = Doses differ from country to country. Give --region { $regions }
time-is-none = `{ $text }` is not a time. Write it like 14:30 or 'yesterday 14:30'. Or write '2 hours ago'. Or give the day too: '{ $today } 14:30' or { $today }T14:30{ $offset }
time-twice = The clocks are put back around { $local }, so that time comes twice. Add the offset, as in { $date }T{ $time }{ $offset }
time-never = The clocks go forward over { $local }, so that time does not come. Give one before or after, or add the offset, as in { $date }T{ $time }{ $offset }

## What a pack holds

pack-holds = { $holds } in one { $unit }
pack-holds-amount = { $amount } of { $name }
pack-counts-as = counts as { $kind }; no dose here
pack-has-taken = has { $name }, which you took { $at }
pack-same-kind-taken = the same kind as { $name }, which you took { $at }
# Where the book has no word for a class.
pack-of-class = a medicine of the class { $class }
pack-limit-once = { $amount } at one time
pack-limit-apart = at least { $interval } apart
pack-limit-day = { $amount } in any 24 hours
pack-limit-days =
    { $days ->
        [one] one day in a row
       *[other] { NUMBER($days) } days in a row
    }
pack-limit-age = from { NUMBER($age) } years
# What an amount is counted in, as the label of a field.
count-of-units = Number of { $units }
count-milligrams = Milligrams in all
count-applications = Times it was put on

## Why a dose is not for now

guard-emergency = Your answers point to an emergency. Get help now. We give no advice on painkillers here.
guard-danger-open = The questions on danger signs are not all answered yet. Answer them first.
guard-open = It is not known if this fits you: { $because }
guard-too-young = We give doses of { $name } for people of { NUMBER($age) } years and over. A pharmacist can say what fits someone younger.
guard-child = Under { NUMBER($age) } years of age? Ask a pharmacist or doctor before you take it.
guard-age-not-known = The age is not known. We give doses of { $name } for people of { NUMBER($age) } years and over, and under { NUMBER($adult) } years a pharmacist or doctor is asked first.
guard-pregnant = Pregnant, or gave birth in the last 6 weeks? Ask a midwife, doctor or pharmacist before any painkiller.
guard-pregnancy-not-known = It is not known if there is a pregnancy. Ask a midwife, doctor or pharmacist first.
guard-no-dose-here = This book has no dose of { $name } for this country.
guard-ask-pharmacist = Ask a pharmacist.
guard-not-checked = It is written down, but not checked.
guard-no-dose = This book has no dose for { $name }. It counts as { $kind }.
guard-as-doctor-said = If a doctor gave it to you, take it as the doctor said.
guard-if-not-ask = If not, ask a pharmacist first.
guard-none-of-kind-before = Take no other of the kind from a shop before { $until }.
guard-other-ingredients = { $pack } also holds { $others }, which we do not check. Ask a pharmacist if it fits you, and say so if you are pregnant or breastfeed.
guard-two-in-one = This pack holds two painkillers of the same kind. Two at once can make you bleed.
guard-took-same-kind = You took { $taken } { $at }. It is the same kind of painkiller as { $asked }, and two of the kind can make you bleed.
guard-ask-before-both = Ask a doctor or pharmacist before you take both.
guard-take-none-before = Take no { $name } before { $until }.
guard-from-doctor-keep = If a doctor gave you the { $name }, take that as the doctor said.
guard-took-unknown-amount = You took { $taken } { $at }. It counts as { $name }, and we do not know how much it held. Ask a pharmacist before { $until }.
guard-too-much-at-once = { $amount } of { $name } at one time is too much.
guard-more-than-we-count = { $amount } of { $name } at one time is more than we count. The most here is { $most }.
guard-pack-allows-more = The pack allows { $amount } of { $name } at one time. We count { $most } at most, to be safe with other packs. Ask a pharmacist before you take more.
guard-most = The most is { $most }.
guard-pack-most = The pack says { $most } at most.
guard-pack-most-in-day = The pack says { $most } in 24 hours at most.
guard-had-until = You had { $total } of { $name } in the 24 hours that end { $at }.
guard-on-more-days = That was too much on more than one day.
guard-help-now = This can harm you, even if you feel well. Get help now. Take no more of it until a doctor has said that you may.
guard-is-same-kind = { $name } is the same kind.
guard-call-today = Call a poison line or your doctor today, even if you feel well.
guard-no-more-before-that = Take no more from a shop before that.
guard-put-on-too-often = You have put on { $total } of { $name } in the last 24 hours, and the most is { $most }. Put on no more today.
guard-most-days-since = You have taken { $name } on most days since { $since }.
guard-days-to-decide =
    After { $days ->
        [one] one day
       *[other] { NUMBER($days) } days in a row
    }, a pharmacist or doctor should decide.
guard-days-to-ask =
    After { $days ->
        [one] one day
       *[other] { NUMBER($days) } days in a row
    }, ask a pharmacist or doctor.
guard-still-to-come = The log has a dose of { $name } { $at }, which is still to come. Your clock or that entry is wrong. Put it right first, so that doses can be told apart.
guard-log-incomplete = Part of what was written down is missing or was changed. You may have taken a dose that is not in it. Ask a pharmacist or doctor before you take more, and tell them what you took.
guard-unknown-taken = You took { $name } { $at }. This book does not know it, so it may be of the same kind.
guard-too-soon = You took { $name } { $at }. Leave at least { $interval } between doses.
guard-on-your-skin = { $name } is on your skin since { $since }.
guard-nothing-else-on-skin = Put nothing else on before { $until }, also if you took it off sooner.
guard-had-in-last-day = You have had { $total } of { $name } in the last 24 hours.
guard-over-with-more = With { $asked } more it would be over the most, { $most } in 24 hours.
guard-room-again = There is room for it { $at }.

## A dose that was written down

logged-total = That makes { $total } of { $name } in 24 hours.
logged-total-on-skin = That makes { $total } of { $name } in 24 hours, and the most is { $most }. Put on no more today. Ask a pharmacist if your skin hurts.
logged-no-more-from-shop = Take no more from a shop.
logged-no-more-for-now = Take no more of it for now.
logged-two-of-kind = { $name } and { $other } ({ $at }) are the same kind of painkiller. Two of the kind can make you bleed.
logged-shop-one-no-more = Take no more of the shop one for now, and ask a pharmacist. If a doctor gave you one of them, take that one as the doctor said.
logged-neither-for-now = Take no more of either for now, and ask a pharmacist.
logged-bleeding = Black or bloody poo, or blood in vomit, is an emergency.
logged-too-close = This is { $early } too close to the dose { $at }. Leave at least { $interval } between doses of { $name }.
logged-one-at-a-time = Wear one at a time: take one of the two off.
logged-many-doses = That makes { NUMBER($total) } doses of { $name } in 24 hours, which is too many. This can harm you, even if you feel well. Get help now. Take no more of it, and nothing of its kind, until a doctor has said that you may.
logged-time-not-known = You do not know when you took it. So we count it as taken now, to be safe.
logged-same-ingredient = { $pack } holds { $name } too. We count the two together.
logged-in-future = This dose is in the future. Your clock or the time you gave is wrong. Until then no dose of the kind is allowed here; put the entry right in the log.
logged-out-of-order = A later dose ({ $at }) is in the log already. This one was put in its place.

## A file that is brought back

import-emergency-stays = Your record says to get help now. That stays, whatever this file says, until you answer the questions here again.
import-asks-again = What this file says is more urgent, { $when }: { $title }. It cannot stand beside what your record says. So the danger questions are open again. Answer them first.
import-more-urgent = What this file says is more urgent, { $when }: { $title }. It does not count beside what your record says. If it may still be so, answer the questions again.
import-outcome-becomes = Your outcome will then be: { $title }.
import-may-be-new = Something may be new. Until you have answered the danger questions, ask first before you take a painkiller.
import-answers-left-out = Answers of this file are left out: with them, something here would be told as less urgent than it stands, or a painkiller as safer. Answer the questions again instead.
import-diary-left-out = So are entries of its diary. Once you have answered the questions here, you can bring this file again.
import-clearance-left-out = That a clinician allowed a painkiller again is left out: they did not know of all you took. Tell them of it, then write down what they say.
import-stricter = More will speak against these painkillers than now: { $names }.
import-looser = Less will speak against these painkillers than now: { $names }. If this file is about somebody else, leave it.

## Where each painkiller stands

# These follow the name and a colon, or stand alone with a capital; without a full stop.
next-in-future = the log has a dose { $at }, which is still to come. Put your clock or that entry right first
next-no-dose = this book has no dose of it. It counts as { $kind }. If a doctor gave it to you, take it as the doctor said
next-no-dose-here = the book has no dose of it for this country. Ask a pharmacist
next-same-kind-too-much = take none of it. You had too much { $name }, which is the same kind
next-help-now = take no more of it. You had { $total } in 24 hours, which can harm you. Get help now, even if you feel well
next-call-today = take no more of it from a shop. You had { $total } in 24 hours, and the most is { $most }. Call a poison line or your doctor today
overdosed = You took { $total } of { $name } in 24 hours. That can harm you, even while you feel nothing of it.
next-no-more-on-skin = put no more of it on today. Ask a pharmacist
next-log-incomplete = ask a pharmacist first. A dose may be missing in what was written down
next-not-for-back = not for your back: ask a pharmacist
next-not-safe = it is not safe for you, so there is no next one
next-ask = ask a pharmacist or doctor before the next one
next-ask-and-not-before = ask a pharmacist or doctor before the next one, and not before { $at }
next-not-checked = We have not checked yet if it is safe for you. Check it before you take the next one.
next-now = the next { $amount } may be taken now
next-at = the next { $amount } { $at }
next-total = You had { $had } of { $most } in the last 24 hours, so { $left } is left
next-bar = { $had } of { $most }
next-no-other-of-kind = No other painkiller of this kind before { $until }.
next-days-used-up = { NUMBER($days) } days in a row are used up. Ask a pharmacist or doctor first.
next-day-in-a-row = Day { NUMBER($day) } in a row. After { NUMBER($days) } days, ask a pharmacist or doctor.

## Times, days and amounts

time-today = today at { $time }
time-tomorrow = tomorrow at { $time }
time-yesterday = yesterday at { $time }
time-on-day = on { $day } at { $time }
# After "before", "since" and "until".
time-day = { $day } at { $time }
# Where the clock shows a time twice.
time-in-zone = { $time } { $zone }
day-of-month = { NUMBER($day) } { $month }
day-of-year = { NUMBER($day) } { $month } { $year }
day-of-week = { $weekday } { $day }
month =
    { $number ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[other] December
    }
weekday =
    { $number ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[other] Sunday
    }
weekday-short =
    { $number ->
        [1] Mon
        [2] Tue
        [3] Wed
        [4] Thu
        [5] Fri
        [6] Sat
       *[other] Sun
    }
span-minutes = { NUMBER($minutes) } min
span-hours = { NUMBER($hours) } h
span-hours-minutes = { NUMBER($hours) } h { NUMBER($minutes) } min
amount-milligrams = { NUMBER($amount) } mg
# The amount may be a half: `½ tablet`.
amount-units = { $amount } { $units }
unit-application =
    { $count ->
        [one] application
       *[other] applications
    }
unit-bottle =
    { $count ->
        [one] bottle
       *[other] bottles
    }
unit-capsule =
    { $count ->
        [one] capsule
       *[other] capsules
    }
unit-dose =
    { $count ->
        [one] dose
       *[other] doses
    }
unit-patch =
    { $count ->
        [one] patch
       *[other] patches
    }
unit-powder =
    { $count ->
        [one] powder
       *[other] powders
    }
unit-sachet =
    { $count ->
        [one] sachet
       *[other] sachets
    }
unit-tablet =
    { $count ->
        [one] tablet
       *[other] tablets
    }
list-and = { $all } and { $last }
list-comma = { $first }, { $more }
