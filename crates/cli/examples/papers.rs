//! Writes the man pages and the shell completions of an archive, made from what can be
//! typed: `cargo run --package cli --example papers -- FOLDER`. An example, so that the
//! program itself need not carry it.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use clap_complete::Shell;

fn main() -> anyhow::Result<()> {
    let folder = std::env::args_os().nth(1).context("usage: papers FOLDER")?;
    write(Path::new(&folder))
}

fn write(folder: &Path) -> anyhow::Result<()> {
    let (pages, completions) = (folder.join("man/man1"), folder.join("completions"));
    for folder in [&pages, &completions] {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    // Pages about `help` would only say the others again.
    let mut command = cli::command().disable_help_subcommand(true);
    clap_mangen::generate_to(command.clone(), &pages).context("cannot write the man pages")?;
    for shell in [Shell::Bash, Shell::Fish, Shell::Zsh] {
        clap_complete::generate_to(shell, &mut command, "unclench", &completions)
            .with_context(|| format!("cannot write the completions of {shell}"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of all commands below this one, each with those above it: `record seal`.
    fn names(command: &clap::Command, above: &str, found: &mut Vec<String>) {
        for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
            let name = format!("{above}{}", below.get_name());
            names(below, &format!("{name} "), found);
            found.push(name);
        }
    }

    #[test]
    fn every_command_has_a_page_and_is_completed_in_every_shell() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path()).unwrap();
        let read = |path: &str| fs::read_to_string(folder.path().join(path)).unwrap();
        let mut all = Vec::new();
        names(&cli::command(), "", &mut all);
        assert!(all.contains(&"serve".to_owned()) && all.contains(&"record seal".to_owned()), "{all:?}");
        let completions =
            ["unclench.bash", "unclench.fish", "_unclench"].map(|name| read(&format!("completions/{name}")));
        for name in all {
            let page = read(&format!("man/man1/unclench-{}.1", name.replace(' ', "-")));
            assert!(page.contains(".TH") && page.contains("DESCRIPTION"), "{name}");
            let last = name.rsplit(' ').next().unwrap();
            for text in &completions {
                assert!(text.contains(last), "{name}");
            }
        }
        assert!(read("man/man1/unclench.1").contains("unclench\\-record(1)"));
    }
}
