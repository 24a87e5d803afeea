// The legend: what the colours mean, how many sites are of each, and which colours and heat picture
// are shown. Words are only ever set as text.
(function () {
  "use strict";

  var HEATS = ["none", "readiness", "risk"];
  // Beside panels on a small screen the legend would cover half of the map.
  var WIDE_ENOUGH = 700;
  var page, box, chosen = null, wasOpen, isDue = false;

  function start(its) {
    page = its;
    var control = L.control({ position: "bottomright" });
    control.onAdd = function () {
      box = page.element("div", "legend");
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      return box;
    };
    control.addTo(page.map);
    page.map.on("resize", function () {
      if (isOpen() !== wasOpen) {
        drawSoon();
      }
    });
  }

  // What a person has chosen holds; before that the room there is decides.
  function isOpen() {
    return chosen === null ? page.map.getSize().x > WIDE_ENOUGH : chosen;
  }

  // Many single sites may change at once: the counts follow with the next picture.
  function drawSoon() {
    if (!isDue) {
      isDue = true;
      window.requestAnimationFrame(function () {
        isDue = false;
        draw();
      });
    }
  }

  function draw() {
    var held = document.activeElement && box.contains(document.activeElement)
      ? document.activeElement.dataset.part
      : "";
    box.replaceChildren();
    box.lang = page.language();
    var head = page.element("div", "legend-head");
    head.appendChild(foldSwitch());
    box.appendChild(head);
    wasOpen = isOpen();
    if (wasOpen) {
      head.appendChild(chooser("colour", GeoparkColours.MODES, GeoparkColours.mode(), page.recolour));
      rows().forEach(function (row) {
        box.appendChild(row);
      });
      box.appendChild(
        rowOf("hollow", GeoparkColours.symbolOf("").colour, "", page.text("at_commune_legend"))
      );
      addHeat();
      if (page.unplaced() > 0) {
        box.appendChild(
          page.element("div", "legend-note", page.text("unplaced") + ": " + page.unplaced())
        );
      }
    }
    var again = held && box.querySelector('[data-part="' + held + '"]');
    if (again) {
      again.focus();
    }
  }

  function foldSwitch() {
    var button = page.element("button", "legend-switch", page.text("legend"));
    button.type = "button";
    button.dataset.part = "fold";
    button.setAttribute("aria-expanded", String(isOpen()));
    button.appendChild(page.icon(isOpen() ? "chevron-down" : "chevron-up"));
    button.addEventListener("click", function () {
      chosen = !isOpen();
      draw();
    });
    return button;
  }

  function chooser(part, keys, chosen, deed) {
    var made = page.element("select", "legend-choice");
    made.dataset.part = part;
    made.setAttribute("aria-label", page.text(part + "_by"));
    keys.forEach(function (key) {
      var option = page.element("option", "", page.text(part + "_by_" + key));
      option.value = key;
      option.selected = key === chosen;
      made.appendChild(option);
    });
    made.addEventListener("change", function () {
      deed(made.value);
    });
    return made;
  }

  function addHeat() {
    var row = page.element("div", "legend-heat");
    row.appendChild(page.element("span", "", page.text("heat_by")));
    row.appendChild(chooser("heat", HEATS, GeoparkHeat.mode(), page.reheat));
    box.appendChild(row);
    if (GeoparkHeat.mode() !== "none") {
      var scale = page.element("div", "heat-scale");
      scale.appendChild(page.element("span", "", page.text("heat_little")));
      scale.appendChild(page.element("span", "heat-ramp"));
      scale.appendChild(page.element("span", "", page.text("heat_much")));
      box.appendChild(scale);
    }
  }

  function rows() {
    var mode = GeoparkColours.mode();
    var counts = {}, labels = {};
    page.sites().forEach(function (feature) {
      var key = GeoparkColours.classOf(feature.properties, mode);
      counts[key] = (counts[key] || 0) + 1;
      labels[key] = mode === "kind" ? feature.properties.kind_label : feature.properties.status_label;
    });
    return mode === "kind" ? kindRows(counts, labels) : classRows(mode, counts, labels);
  }

  function kindRows(counts, labels) {
    return Object.keys(counts)
      .sort(function (a, b) {
        return counts[b] - counts[a] || (a < b ? -1 : 1);
      })
      .map(function (kind) {
        var symbol = GeoparkColours.symbolOf(kind);
        var named = labels[kind] || page.text("kind_none");
        return rowOf("", symbol.colour, symbol.icon, named, counts[kind]);
      });
  }

  function classRows(mode, counts, labels) {
    var classes = page.config.classes[mode];
    return Object.keys(classes)
      .filter(function (key) {
        return mode !== "workflow" || counts[key];
      })
      .map(function (key) {
        var named = mode === "workflow" && key !== "none" ? labels[key] : page.text(mode + "_" + key);
        return rowOf("", classes[key].colour, classes[key].sign, named, counts[key] || 0);
      });
  }

  function rowOf(extra, colour, iconName, words, count) {
    var row = page.element("div", "legend-row");
    var dot = page.element("span", "legend-dot " + extra);
    dot.style.setProperty("--pin", colour);
    if (iconName) {
      dot.appendChild(page.icon(iconName));
    }
    row.appendChild(dot);
    row.appendChild(page.element("span", "legend-words", words));
    if (count !== undefined) {
      row.appendChild(page.element("span", "legend-count", String(count)));
    }
    return row;
  }

  window.GeoparkLegend = { start: start, draw: draw, drawSoon: drawSoon };
})();
