//! The CDK cloud assembly: the directory from which the CDK CLI deploys, diffs and uploads assets.

mod asset;
mod check;
mod image;
mod listing;
mod manifest;
mod pump;
mod swap;
mod write;

use indexmap::IndexMap;

pub use asset::{Asset, FileAsset};
pub use check::{CheckError, Difference};
pub use image::{ContextFile, IMAGE_REPOSITORY, ImageAsset};
pub use write::{WriteError, WriteReport};

use crate::Hashed;

/// A complete cloud assembly, in memory. Nothing is on the disk until [`Assembly::write`].
///
/// Source of the format: <https://docs.aws.amazon.com/cdk/api/v2/docs/cloud-assembly-schema-readme.html>
#[derive(Debug)]
pub struct Assembly {
    /// By file name, relative to the directory.
    files: IndexMap<String, File>,
    stacks: Vec<String>,
}

/// What one file of an assembly holds.
#[derive(Debug)]
enum File {
    Text(String),
    Asset(FileAsset),
    /// Of a directory that an image is built from.
    Context(ContextFile),
}

/// One stack of an assembly.
#[derive(Debug)]
pub struct StackArtifact {
    /// The stack's name: the artifact's too.
    pub name: String,
    /// The text of its template.
    pub template: Hashed,
    /// The files that its resources need, each once.
    pub assets: Vec<FileAsset>,
    /// The images that its resources need, each once.
    pub images: Vec<ImageAsset>,
    /// Other files about the stack, for people: name and text.
    pub documents: Vec<(String, String)>,
    /// The account and Region, when they are known.
    pub environment: Option<(String, String)>,
    /// The stacks that must be deployed before this one.
    pub dependencies: Vec<String>,
    /// Tags of the stack, which CloudFormation hands on to its resources.
    pub tags: IndexMap<String, String>,
}

/// Why stacks do not make an assembly.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AssemblyError {
    /// Two files of different content would have one name.
    DuplicateFile(String),
}

impl std::fmt::Display for AssemblyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::DuplicateFile(name) => write!(f, "two files of the assembly are called `{name}`"),
        }
    }
}

impl std::error::Error for AssemblyError {}

impl Assembly {
    /// Lays out the files of some stacks.
    ///
    /// # Errors
    /// When two of them would write different files of one name.
    pub fn new(stacks: Vec<StackArtifact>) -> Result<Self, AssemblyError> {
        let mut assembly = Self { files: IndexMap::new(), stacks: vec![] };
        let mut artifacts = IndexMap::new();
        for stack in stacks {
            artifacts.extend(manifest::artifacts(&stack));
            let assets = manifest::assets(&stack).to_pretty();
            assembly.add(manifest::template_file(&stack.name), File::Text(stack.template.into()))?;
            assembly.add(manifest::assets_file(&stack.name), File::Text(assets))?;
            for (name, text) in stack.documents {
                assembly.add(name, File::Text(text))?;
            }
            for asset in stack.assets {
                assembly.add(asset.file_name(), File::Asset(asset))?;
            }
            for image in stack.images {
                let directory = image.directory();
                for file in image.files.iter() {
                    assembly.add(format!("{directory}/{}", file.name), File::Context(file.clone()))?;
                }
            }
            assembly.stacks.push(stack.name);
        }
        let mut names: Vec<_> = assembly.files.keys().cloned().collect();
        names.push(manifest::FILE.into());
        names.sort();
        let manifest = manifest::manifest(artifacts, &names).to_pretty();
        // Last, so that a directory with a manifest is a whole one even where nothing can be swapped.
        assembly.add(manifest::FILE.into(), File::Text(manifest))?;
        Ok(assembly)
    }

    /// The names of its stacks, each after those that it depends on.
    #[must_use]
    pub fn stacks(&self) -> &[String] {
        &self.stacks
    }

    /// The names of its files.
    pub fn file_names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The text of one of its files; None for assets, whose bytes are made when they are written.
    #[must_use]
    pub fn text(&self, file: &str) -> Option<&str> {
        match self.files.get(file)? {
            File::Text(text) => Some(text),
            File::Asset(_) | File::Context(_) => None,
        }
    }

    fn add(&mut self, name: String, file: File) -> Result<(), AssemblyError> {
        match (self.files.get(&name), &file) {
            // An asset's name is its content, so several stacks may share one.
            (None, _)
            | (Some(File::Asset(_)), File::Asset(_))
            | (Some(File::Context(_)), File::Context(_)) => {
                self.files.insert(name, file);
                Ok(())
            }
            _ => Err(AssemblyError::DuplicateFile(name)),
        }
    }
}
