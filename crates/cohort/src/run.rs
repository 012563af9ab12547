//! A whole run: from a file of records to a file of outcomes.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use care::Guideline;
use care::circuit::{Circuit, Keeps};

use crate::batch::Batch;
use crate::checkpoint::{Checkpoint, Progress, Run};
use crate::cohort_error::{CohortError, shown};
use crate::format::Format;
use crate::header::{Column, Others};
use crate::kept;
use crate::sink::{Growing, beside, remove};
use crate::source::Source;
use crate::table::COLUMNS;
use crate::worker::{self, Counts, Done, Worker};

/// What to run.
#[derive(Clone, Debug)]
pub struct Options {
    /// The records.
    pub input: PathBuf,
    /// Where the outcomes go; its name says in what form.
    pub out: PathBuf,
    /// Where the planes are kept for the next run.
    pub keep_planes: Option<PathBuf>,
    /// What is done with columns that are none of the book.
    pub others: Others,
    /// Whether outcomes that are there already may go.
    pub overwrite: bool,
    /// How many work at the same time.
    pub threads: usize,
    /// How many batches are read until what is done is noted down.
    pub batches_a_checkpoint: u64,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// So much of the input is done.
    pub done: u64,
    /// Of so much: bytes, of Parquet rows, and of Arrow batches.
    pub of: u64,
    /// Records that are done.
    pub records: u64,
}

/// What a run did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// How many of what.
    pub counts: Counts,
    /// The file with the refused records; none where none was.
    pub rejects: Option<PathBuf>,
    /// How many records an earlier run, that was stopped, had done.
    pub resumed_after: Option<u64>,
}

/// Runs records through the book. After a kill the same call goes on where it was, and ends with
/// the same files.
///
/// # Errors
///
/// [`CohortError`]; a bad record is none, it goes among those refused.
pub fn run(
    guideline: &Guideline,
    options: &Options,
    progress: &mut dyn FnMut(Step),
) -> Result<Report, CohortError> {
    let files = Files::new(options)?;
    let keeps_planes = options.keep_planes.is_some();
    let run = Run::of(guideline, &options.input, files.format, options.others, keeps_planes)?;
    if options.overwrite {
        files.clear()?;
    }
    let found = Checkpoint::read(&files.checkpoint, &run)?;
    if found.is_none() {
        files.refuse_if_there()?;
    }
    let resumed_after = found.as_ref().map(|done| done.counts.records);
    let circuit = Circuit::new(guideline, Keeps::Everything);
    let from = found.as_ref().and_then(|done| done.position);
    let source = Source::open(&options.input, guideline, &circuit, options.others, from)?;
    let (format, total) = (files.format, source.total());
    let mut writer = Writer::open(guideline, &circuit, files, run, found)?;
    let others = options.others;
    let worker = || Worker::new(guideline, format, others, keeps_planes);
    pipeline(source, options.threads.max(1), &worker, |batch, done| {
        writer.add(&batch, &done, options.batches_a_checkpoint)?;
        progress(Step { done: batch.then.done, of: total, records: writer.done.counts.records });
        Ok(())
    })?;
    let (counts, rejects) = writer.finish()?;
    Ok(Report { counts, rejects, resumed_after })
}

/// Reads batches, has them worked on by several at once, and hands the results over in the order
/// of the file.
pub(crate) fn pipeline<'g>(
    mut source: Source,
    threads: usize,
    worker: &(dyn Fn() -> Worker<'g> + Sync),
    mut take: impl FnMut(Batch, Done) -> Result<(), CohortError>,
) -> Result<(), CohortError> {
    let columns: Vec<Column> = source.columns.clone();
    let (jobs, queue) = channel::<(Batch, Sender<(Batch, Done)>)>();
    let queue = Mutex::new(queue);
    thread::scope(|scope| {
        // Moved in, so that the queue ends when this one does and nobody waits for ever.
        let jobs = jobs;
        for _ in 0..threads {
            scope.spawn(|| {
                let mut worker = worker();
                loop {
                    let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((batch, reply)) = next else { return };
                    let done = worker.work(&batch, &columns);
                    // Nobody listens any more once the run has failed.
                    let _ = reply.send((batch, done));
                }
            });
        }
        let mut waiting: VecDeque<Receiver<(Batch, Done)>> = VecDeque::new();
        loop {
            let next = if waiting.len() < 2 * threads { source.next()? } else { None };
            if let Some(batch) = next {
                let (reply, result) = channel();
                waiting.push_back(result);
                // The workers live as long as this.
                let _ = jobs.send((batch, reply));
                continue;
            }
            let Some(result) = waiting.pop_front() else { return Ok(()) };
            let lost = |_| CohortError::cannot_read("a batch", &"its worker stopped");
            let (batch, done) = result.recv().map_err(lost)?;
            take(batch, done)?;
        }
    })
}

/// The files of a run.
struct Files {
    format: Format,
    out: PathBuf,
    part: PathBuf,
    rejects: PathBuf,
    rejects_part: PathBuf,
    kept: Option<(PathBuf, PathBuf)>,
    checkpoint: PathBuf,
}

impl Files {
    fn new(options: &Options) -> Result<Self, CohortError> {
        let out = &options.out;
        let format = Format::of(out).filter(|format| !matches!(format, Format::Planes | Format::Arrow));
        let format = format.ok_or_else(|| CohortError::Format {
            file: shown(out),
            done: "written",
            known: ".csv, .ndjson, .jsonl and .parquet",
        })?;
        if format == Format::Parquet && cfg!(not(feature = "columnar")) {
            return Err(CohortError::NoColumns { file: shown(out) });
        }
        Ok(Self {
            format,
            out: out.clone(),
            part: beside(out, ".part"),
            rejects: beside(out, ".rejects.ndjson"),
            rejects_part: beside(out, ".rejects.part"),
            kept: options.keep_planes.as_ref().map(|kept| (kept.clone(), beside(kept, ".part"))),
            checkpoint: beside(out, ".resume.json"),
        })
    }

    fn names(&self) -> impl Iterator<Item = &PathBuf> {
        [&self.out, &self.rejects].into_iter().chain(self.kept.iter().map(|(kept, _)| kept))
    }

    fn clear(&self) -> Result<(), CohortError> {
        let parts = [&self.part, &self.rejects_part, &self.checkpoint];
        parts.into_iter().chain(self.names()).try_for_each(|path| remove(path))
    }

    fn refuse_if_there(&self) -> Result<(), CohortError> {
        match self.names().find(|path| path.exists()) {
            Some(path) => Err(CohortError::Exists(shown(path))),
            None => Ok(()),
        }
    }
}

/// Writes down what comes out.
struct Writer {
    files: Files,
    run: Run,
    done: Progress,
    out: Out,
    rejects: Growing,
    kept: Option<Growing>,
    batches: u64,
}

/// Where outcomes go.
enum Out {
    Text(Growing),
    #[cfg(feature = "columnar")]
    Parquet(Box<crate::parquet_out::Segments>),
}

impl Writer {
    fn open(
        guideline: &Guideline,
        circuit: &Circuit,
        files: Files,
        run: Run,
        found: Option<Progress>,
    ) -> Result<Self, CohortError> {
        let is_new = found.is_none();
        let done = found.unwrap_or_default();
        let out = match files.format {
            #[cfg(feature = "columnar")]
            Format::Parquet => {
                Out::Parquet(Box::new(crate::parquet_out::Segments::open(&files.part, done.out)))
            }
            _ => Out::Text(Growing::open(&files.part, done.out)?),
        };
        let rejects = Growing::open(&files.rejects_part, done.rejects)?;
        let kept = files.kept.as_ref().map(|(_, part)| Growing::open(part, done.kept)).transpose()?;
        let mut writer = Self { files, run, done, out, rejects, kept, batches: 0 };
        if is_new {
            if let Out::Text(out) = &mut writer.out
                && writer.files.format == Format::Csv
            {
                out.add(format!("{}\n", COLUMNS.join(",")).as_bytes())?;
            }
            if let Some(file) = &mut writer.kept {
                file.add(&kept::head(guideline, circuit))?;
            }
            writer.note()?;
        }
        Ok(writer)
    }

    fn add(&mut self, batch: &Batch, done: &Done, batches_a_checkpoint: u64) -> Result<(), CohortError> {
        let is_safe = match (&mut self.out, &done.out) {
            (Out::Text(out), worker::Out::Text(text)) => {
                out.add(text)?;
                self.batches += 1;
                self.batches.is_multiple_of(batches_a_checkpoint)
            }
            #[cfg(feature = "columnar")]
            (Out::Parquet(segments), worker::Out::Rows(rows)) => segments.add(rows, batches_a_checkpoint)?,
            #[cfg(feature = "columnar")]
            _ => unreachable!("workers write in the form of the file"),
        };
        self.rejects.add(&done.rejects)?;
        if let Some(kept) = &mut self.kept {
            kept.add(&done.kept)?;
        }
        self.done.counts.add(&done.counts);
        self.done.position = Some(batch.then);
        if is_safe {
            self.note()?;
        }
        Ok(())
    }

    /// Notes how far everything is.
    fn note(&mut self) -> Result<(), CohortError> {
        self.done.out = match &mut self.out {
            Out::Text(out) => out.keep()?,
            #[cfg(feature = "columnar")]
            Out::Parquet(segments) => segments.closed(),
        };
        self.done.rejects = self.rejects.keep()?;
        if let Some(kept) = &mut self.kept {
            self.done.kept = kept.keep()?;
        }
        let checkpoint = Checkpoint { run: self.run.clone(), done: self.done.clone() };
        checkpoint.write(&self.files.checkpoint)
    }

    fn finish(self) -> Result<(Counts, Option<PathBuf>), CohortError> {
        let counts = self.done.counts;
        let Counts { records, outcomes, rejects, .. } = counts;
        if records != outcomes + rejects {
            return Err(CohortError::Lost { records, outcomes, rejects });
        }
        self.rejects.finish_unless_empty(&self.files.rejects)?;
        if let (Some(file), Some((name, _))) = (self.kept, &self.files.kept) {
            file.finish(name)?;
        }
        match self.out {
            Out::Text(out) => out.finish(&self.files.out)?,
            #[cfg(feature = "columnar")]
            Out::Parquet(segments) => segments.finish(&self.files.out)?,
        }
        remove(&self.files.checkpoint)?;
        Ok((counts, Some(self.files.rejects).filter(|_| rejects > 0)))
    }
}
