//! `policy`: the rights that a file in the States Language needs.

use std::{
    collections::BTreeMap,
    io::{self, BufWriter, Write as _},
    mem, panic,
    process::ExitCode,
    thread,
};

use camino::Utf8PathBuf;
use clap::{Args, ValueEnum};
use cyanotype::iam::{MACHINE_NAME, Need, NeedWarning, Needs, PolicyDocument, PolicyStatement, needs};
use cyanotype_asl::{Document, Kind, Segment, Severity, Text};

use crate::lint::{Entry, File, Type, in_words, read};

/// The least IAM policy with which every state of a definition can do its work.
#[derive(Debug, Args)]
pub struct Policy {
    /// A file in the Amazon States Language (JSON); `-` is standard input
    #[arg(value_name = "FILE")]
    file: Utf8PathBuf,

    /// Take `${Name}`, `Ref` and `Fn::…` for what CloudFormation fills in
    #[arg(long)]
    substitutions: bool,

    /// The type of the state machine
    #[arg(long = "type", value_enum, default_value_t, ignore_case = true, value_name = "TYPE")]
    kind: Type,

    /// The form of the policy
    #[arg(long, value_enum, default_value_t, value_name = "FORM")]
    format: Form,

    /// The name of the state machine, where it needs rights on itself
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// The partition in place of `${AWS::Partition}`
    #[arg(long, value_name = "PARTITION")]
    partition: Option<String>,

    /// The Region in place of `${AWS::Region}`
    #[arg(long, value_name = "REGION")]
    region: Option<String>,

    /// The account in place of `${AWS::AccountId}`
    #[arg(long, value_name = "ACCOUNT")]
    account: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Form {
    /// For people: each statement with the states that need it and why
    #[default]
    Text,
    /// The policy document, for AWS; `${AWS::…}` in it is for `Fn::Sub`
    Json,
}

/// What the inline policies of a role may have in all.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
const INLINE: usize = 10_240;

impl Policy {
    /// Fails where AWS would refuse the definition, with what `lint` says of it.
    pub(crate) fn run(self) -> ExitCode {
        let text = match read(&self.file) {
            Ok(text) => text,
            Err(error) => {
                eprintln!("error: cannot read `{}`: {error}", self.file);
                return ExitCode::FAILURE;
            }
        };
        let needs = match self.needs(&text) {
            Ok(needs) => self.filled(needs),
            Err(findings) => {
                eprint!("{}", in_words(&[File::new(&self.file, findings, text)]));
                return ExitCode::FAILURE;
            }
        };
        let policy = needs.policy();
        match self.format {
            Form::Text => print!("{}", in_prose(&needs, &policy)),
            Form::Json => println!("{}", policy.to_json().to_pretty()),
        }
        warn(&needs.warnings);
        // The process ends here, and giving back so many small pieces takes as long as finding the needs.
        mem::forget((needs, policy));
        ExitCode::SUCCESS
    }

    /// What the definition needs; where AWS would refuse it, why. Both are looked for at the same time.
    fn needs(&self, text: &str) -> Result<Needs, Vec<Entry>> {
        let document = Document::parse(text).map_err(|error| vec![Entry::of_syntax(error)])?;
        let document = if self.substitutions { document.with_placeholders() } else { document };
        let (found, mut findings) = thread::scope(|scope| {
            let findings = scope.spawn(|| document.validate(Kind::from(self.kind)));
            let found = document.definition().map(|definition| {
                let found = needs(&definition);
                mem::forget(definition);
                found
            });
            (found, findings.join().unwrap_or_else(|problem| panic::resume_unwind(problem)))
        });
        findings.retain(|finding| finding.severity == Severity::Error);
        let findings = match found {
            Ok(found) if findings.is_empty() => {
                mem::forget(document);
                return Ok(found);
            }
            Err(more) if findings.is_empty() => more,
            _ => findings,
        };
        Err(findings.into_iter().map(|finding| Entry::new(finding, &document)).collect())
    }

    /// The needs with what the command line says of the account and the machine.
    fn filled(&self, mut needs: Needs) -> Needs {
        let given = [
            (MACHINE_NAME, &self.name),
            ("AWS::Partition", &self.partition),
            ("AWS::Region", &self.region),
            ("AWS::AccountId", &self.account),
        ];
        let given: BTreeMap<_, _> =
            given.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?))).collect();
        let fill = |text: &mut Text| {
            let filled = |segment: Segment| match &segment {
                Segment::Placeholder(name) => match given.get(name.as_str()) {
                    Some(value) => Segment::Literal((*value).to_owned()),
                    None => segment,
                },
                Segment::Literal(_) => segment,
            };
            *text = std::mem::take(text).into_iter().map(filled).collect();
        };
        for need in &mut needs.needs {
            need.resources.iter_mut().for_each(fill);
            need.conditions.iter_mut().flat_map(|condition| &mut condition.values).for_each(fill);
        }
        needs
    }
}

/// There can be thousands, and standard error is not buffered.
fn warn(warnings: &[NeedWarning]) {
    let mut out = BufWriter::with_capacity(1 << 16, io::stderr().lock());
    for NeedWarning { state, message, help, .. } in warnings {
        // Who does not listen is not told: the policy is out.
        let _ = write!(out, "warning: {message}\n  --> state `{state}`\n  = help: {help}\n\n");
    }
    let _ = out.flush();
}

fn in_prose(needs: &Needs, policy: &PolicyDocument) -> String {
    let mut out: String = policy.statements.iter().map(|statement| paragraph(needs, statement)).collect();
    let count = policy.statements.len();
    let s = if count == 1 { "" } else { "s" };
    out += &format!(
        "{count} statement{s}, {} characters of the {INLINE} that the inline policies of a role can have\n",
        policy.size()
    );
    out
}

fn paragraph(needs: &Needs, statement: &PolicyStatement) -> String {
    let mut out = format!("Allow {}\n", statement.actions.join(", "));
    for resource in &statement.resources {
        out += &format!("  on {}\n", plain(resource));
    }
    for condition in &statement.conditions {
        let values: Vec<_> = condition.values.iter().map(plain).collect();
        out += &format!("  if {} {} {}\n", condition.key, condition.operator, values.join(", "));
    }
    let mut reasons: Vec<(&str, Vec<&str>)> = vec![];
    for Need { why, states, .. } in needs.behind(statement) {
        let states = states.iter().map(String::as_str);
        match reasons.iter_mut().find(|(known, _)| known == why) {
            Some((_, known)) => known.extend(states),
            None => reasons.push((why, states.collect())),
        }
    }
    for (why, states) in reasons {
        out += &format!("  for {}: {why}\n", states.join(", "));
    }
    out + "\n"
}

fn plain(text: &Text) -> String {
    let segment = |segment: &Segment| match segment {
        Segment::Literal(literal) => literal.clone(),
        Segment::Placeholder(name) => format!("${{{name}}}"),
    };
    text.segments().iter().map(segment).collect()
}
