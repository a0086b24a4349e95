const rules = require("rules");

exports.handler = async () => ({ rules: rules.edition, style: process.env.STYLE });
