//! The service for other programs, against its own document: Schemathesis makes requests of it,
//! right and wrong ones, and looks whether the answers are what the document says.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, ensure};

use crate::run::{cargo, step, target};

/// The version whose checks these are.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// The service, which ends with this.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs every check with so many examples of each kind of request.
pub(crate) fn run(examples: &str) -> anyhow::Result<()> {
    let venv = target().join("schemathesis");
    if !venv.join("bin/schemathesis").exists() {
        step("Python for Schemathesis", Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
        step("Schemathesis", Command::new(venv.join("bin/pip")).args(["install", "--quiet", SCHEMATHESIS]))?;
    }
    step("the program", &mut cargo(["build", "--package", "cli"]))?;
    let program = target().join("debug").join(format!("unclench{}", std::env::consts::EXE_SUFFIX));
    let mut child = Command::new(program)
        .args(["serve", "--api", "--port", "0", "--rate", "1000000"])
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start the service")?;
    let output = child.stdout.take();
    let _serving = Serving(child);
    let mut line = String::new();
    BufReader::new(output.context("the service says nothing")?).read_line(&mut line)?;
    let address = line.split_whitespace().find(|word| word.starts_with("http://"));
    let address = address.with_context(|| format!("the service does not say where it is: {line}"))?;
    ensure!(examples.parse::<u32>().is_ok_and(|many| many > 0), "the number of examples is a number");
    let mut command = Command::new(venv.join("bin/schemathesis"));
    command.arg("run").arg(format!("{address}openapi.json"));
    command.args(["--checks", "all", "--max-examples", examples, "--seed", "1"]).current_dir(target());
    step("Schemathesis, all checks", &mut command)
}
