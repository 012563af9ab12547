//! The service for other programs, against its own document: Schemathesis makes requests of it,
//! right and wrong ones, and looks whether the answers are what the document says.

use std::process::Command;

use anyhow::ensure;

use crate::run::{cargo, step, target};
use crate::service::Service;

/// The version whose checks these are.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// Runs every check with so many examples of each kind of request.
pub(crate) fn run(examples: &str) -> anyhow::Result<()> {
    let venv = target().join("schemathesis");
    if !venv.join("bin/schemathesis").exists() {
        step("Python for Schemathesis", Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
        step("Schemathesis", Command::new(venv.join("bin/pip")).args(["install", "--quiet", SCHEMATHESIS]))?;
    }
    step("the program", &mut cargo(["build", "--package", "cli"]))?;
    let service = Service::start("debug")?;
    ensure!(examples.parse::<u32>().is_ok_and(|many| many > 0), "the number of examples is a number");
    let mut command = Command::new(venv.join("bin/schemathesis"));
    command.arg("run").arg(format!("http://{}/openapi.json", service.address));
    command.args(["--checks", "all", "--max-examples", examples, "--seed", "1"]).current_dir(target());
    step("Schemathesis, all checks", &mut command)
}
