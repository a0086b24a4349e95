// Day 2: another word for the same. An execution of day 1 must never hear it.
exports.handler = async () => "ThumbsUp";
