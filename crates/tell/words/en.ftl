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
contributor-helps = What acts on it:

## At a visit

visit-not-for-you = Not for you now, or not known to be safe
evidence-for = For it: { $text }
evidence-against = Against it: { $text }

## Habits

habits-title = What keeps spasms away, for you
habits-begin-with = Begin with one or two. Those at the top act on what you told us.
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
course-same = The same as at the start of this spell
course-up = { NUMBER($percent) } % up from the start of this spell
course-down = { NUMBER($percent) } % down from the start of this spell
course-over = Well since { $day }: pain of 0 to 1 on seven days in a row. The spell is over.
course-too-early = It is too early to name the course: that takes two weeks and four entries.
course-expected = Expected by now, out of 10: { $fast } if fast, about { $low } to { $high } on average, up to { $slow } if slow. People differ a lot: this is a band, not a promise.
# The two middle curves are at the same place.
course-expected-about = Expected by now, out of 10: { $fast } if fast, about { $average } on average, up to { $slow } if slow. People differ a lot: this is a band, not a promise.
checkpoints-title = What the checkpoints say
checkpoints-none = None of them asks for a visit today.
next-look = Next look:
next-look-expect = By then:

## The form for the clinician

form-title = Form for the clinician
form-about = Made from the person's own answers by decision support. It names no diagnosis as certain and replaces no examination.
form-triage = Triage: { $level }
form-rule = { $id } [{ $level }]: { $when }
form-rule-not-sure = { $id } [{ $level }]: { $when } (not ruled out: not sure)
form-told = What the person told
form-absent = Danger signs asked, and absent
form-not-sure = Not sure
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
check-all-correct = All correct: show me what to do
tick-all-that-fit = Tick all that fit
tick-not-sure = Not sure about some
own-words-not-understood = We did not understand what you wrote. The questions will find out.

## The first page of a day

home-day = Day { NUMBER($day) } since it began. Pain { NUMBER($pain) } of 10, { $when }.
home-first = It was { NUMBER($first) } at first.
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
