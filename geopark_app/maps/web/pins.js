// A site's pin and its popup. A pin is only made when it comes into sight: of twenty thousand
// most lie in a cluster. Names are only ever set as text, never as HTML: they come from other
// laptops. `page` gives the words, the language and the settings.
(function () {
  "use strict";

  var MOST_NEIGHBOURS = 12;
  var page;

  var PinIcon = L.Icon.extend({
    options: { className: "pin-frame", iconSize: [30, 38], iconAnchor: [15, 37], popupAnchor: [0, -34] },

    initialize: function (feature) {
      this.feature = feature;
    },

    createIcon: function (old) {
      var frame = old || document.createElement("div");
      var site = this.feature.properties;
      frame.replaceChildren(pinOf(this.feature));
      frame.title = site.code + "  " + page.nameOf(site);
      this._setIconStyles(frame, "icon");
      frame.classList.toggle("is-selected", page.isSelected(this.feature.id));
      return frame;
    },

    createShadow: function () {
      return null;
    },
  });

  var SiteMarker = L.Marker.extend({
    options: { riseOnHover: true },

    initialize: function (feature) {
      L.Marker.prototype.initialize.call(this, placeOf(feature), { icon: new PinIcon(feature) });
      this.feature = feature;
    },

    // The site is another one now; says whether it lies elsewhere, which only its cluster can draw.
    take: function (feature) {
      var isMoved = !this.getLatLng().equals(placeOf(feature), 1e-9);
      this.feature = feature;
      this.options.icon.feature = feature;
      if (!isMoved) {
        this.drawAgain();
      }
      return isMoved;
    },

    drawAgain: function () {
      if (this._icon) {
        this.setIcon(this.options.icon);
      }
      if (this.isPopupOpen()) {
        this.getPopup().update();
      }
    },

    // Says whether there was none: a marker opens its popup itself from the second click on.
    bindCard: function () {
      var marker = this;
      if (this.getPopup()) {
        return false;
      }
      this.bindPopup(
        function () {
          return cardOf(marker.feature);
        },
        { maxWidth: 300, minWidth: 220, autoPanPadding: [30, 30] }
      );
      return true;
    },
  });

  function placeOf(feature) {
    var at = feature.geometry.coordinates;
    return L.latLng(at[1], at[0]);
  }

  function pinOf(feature) {
    var site = feature.properties;
    var look = GeoparkColours.lookOf(site);
    var pin = page.element("div", "pin");
    var drop = page.element("span", "pin-drop");
    pin.dataset.site = feature.id;
    pin.style.setProperty("--pin", look.colour);
    if (site.quality === "commune-centroid") {
      pin.classList.add("is-at-commune");
    }
    drop.appendChild(page.icon(GeoparkColours.symbolOf(site.kind).icon));
    pin.appendChild(drop);
    if (look.sign) {
      pin.appendChild(page.element("span", "pin-sign")).appendChild(page.icon(look.sign));
    }
    if (site.red) {
      pin.appendChild(page.element("span", "pin-red", "!"));
    }
    return pin;
  }

  function cardOf(feature) {
    var site = feature.properties;
    var symbol = GeoparkColours.symbolOf(site.kind);
    var box = page.element("div", "card");
    box.lang = page.language();
    box.appendChild(page.element("div", "card-name", page.nameOf(site)));
    var other = page.language() === "en" ? site.name_vi : site.name_en;
    if (other && other !== page.nameOf(site)) {
      box.appendChild(page.element("div", "card-other", other));
    }
    var line = page.element("div", "card-kind");
    line.style.setProperty("--pin", symbol.colour);
    line.appendChild(page.icon(symbol.icon));
    line.appendChild(page.element("span", "", site.code + " · " + site.kind_label));
    box.appendChild(line);
    if (site.commune) {
      box.appendChild(page.element("div", "card-line", page.text("commune") + ": " + site.commune));
    }
    if (site.quality === "commune-centroid") {
      box.appendChild(page.element("div", "card-note", page.text("at_commune")));
    } else if (site.quality === "approx") {
      box.appendChild(page.element("div", "card-note", page.text("approximate")));
    }
    if (site.status_label) {
      box.appendChild(page.element("div", "card-line", page.text("workflow") + ": " + site.status_label));
    }
    box.appendChild(readinessLine(site));
    if (site.risk !== null && site.risk !== undefined) {
      box.appendChild(riskLine(site));
    }
    if (site.red) {
      box.appendChild(page.element("div", "card-red", page.text("red")));
    }
    if (site.border) {
      box.appendChild(page.element("div", "card-note", page.text("border")));
    }
    if (page.fillCard) {
      page.fillCard(box, feature.id);
    }
    addNeighbours(box, page.neighbours(feature));
    return box;
  }

  function addNeighbours(box, others) {
    if (others.length === 0) {
      return;
    }
    box.appendChild(page.element("div", "card-note", page.text("also_here")));
    others.slice(0, MOST_NEIGHBOURS).forEach(function (other) {
      var words = other.properties.code + "  " + page.nameOf(other.properties);
      var button = page.element("button", "card-other-site", words);
      button.type = "button";
      button.addEventListener("click", function () {
        page.choose(other.id);
      });
      box.appendChild(button);
    });
  }

  function readinessLine(site) {
    var row = page.element("div", "card-readiness");
    if (site.readiness === null || site.readiness === undefined) {
      row.appendChild(page.element("span", "", page.text("readiness") + ": " + page.text("no_visit")));
      return row;
    }
    var percent = Math.round(site.readiness * 100);
    row.appendChild(page.element("span", "", page.text("readiness") + ": " + percent + " %"));
    var bar = page.element("span", "bar");
    var fill = page.element("span", "bar-fill");
    fill.style.width = percent + "%";
    fill.style.backgroundColor = GeoparkColours.lookOf(site, "readiness").colour;
    bar.appendChild(fill);
    row.appendChild(bar);
    return row;
  }

  function riskLine(site) {
    var words = page.text("risk_" + GeoparkColours.classOf(site, "risk"));
    return page.element("div", "card-line", page.text("risk") + ": " + words + " (" + site.risk + " / 400)");
  }

  function start(its) {
    page = its;
  }

  window.GeoparkPins = { start: start, SiteMarker: SiteMarker };
})();
