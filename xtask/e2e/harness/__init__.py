"""What the stages share: an emulator's process, the account in it, assemblies and the edits made to them."""
