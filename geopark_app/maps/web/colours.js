// What gives a pin its colour: the kind of the site, its readiness, its workflow status or its
// degradation risk. Every class has a sign beside its colour, for eyes and printers without colours.
(function () {
  "use strict";

  var MODES = ["kind", "readiness", "workflow", "risk"];
  var config;
  var mode = "kind";

  function start(settings) {
    config = settings;
  }

  function symbolOf(kind) {
    return own(config.symbols, kind) || config.symbols.other;
  }

  function own(table, key) {
    return Object.prototype.hasOwnProperty.call(table, key) ? table[key] : undefined;
  }

  function classOf(site, by) {
    if (by === "readiness") {
      return GeoparkGround.readinessClass(site.readiness);
    }
    if (by === "workflow") {
      return own(config.classes.workflow, site.status) ? site.status : "none";
    }
    if (by === "risk") {
      return riskClass(site.risk);
    }
    return site.kind;
  }

  function riskClass(total) {
    if (total === null || total === undefined) {
      return "none";
    }
    return total <= config.risk_steps[0] ? "low" : total <= config.risk_steps[1] ? "moderate" : "high";
  }

  function lookOf(site, by) {
    var asked = by || mode;
    return asked === "kind"
      ? { colour: symbolOf(site.kind).colour, sign: "" }
      : config.classes[asked][classOf(site, asked)];
  }

  // Says whether that is another way than before.
  function choose(wanted) {
    var before = mode;
    mode = MODES.indexOf(wanted) < 0 ? "kind" : wanted;
    return mode !== before;
  }

  window.GeoparkColours = {
    MODES: MODES,
    start: start,
    symbolOf: symbolOf,
    classOf: classOf,
    lookOf: lookOf,
    choose: choose,
    mode: function () {
      return mode;
    },
  };
})();
