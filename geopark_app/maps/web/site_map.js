// The sites on the map: pins, clusters, popups, legend. Names are only ever set as
// text, never as HTML: they come from other laptops.
(function () {
  "use strict";

  var REVEAL_ZOOM = 11;

  var map, cluster, townLayer, gridLayer, layerControl, config;
  var language = "vi";
  var colourBy = "kind";
  var features = [];
  var unplaced = 0;
  var markers = {};
  var selectedId = null;
  var wanted = null;
  var isPlaced = false;
  var bridge = null;
  var legendBox = null;
  var legendIsOpen = true;

  function text(key) {
    return config.texts[language][key];
  }

  function nameOf(item) {
    var first = language === "en" ? item.name_en : item.name_vi;
    return first || item.name_vi || item.name_en || "";
  }

  function element(tag, className, words) {
    var made = document.createElement(tag);
    if (className) {
      made.className = className;
    }
    if (words !== undefined) {
      made.textContent = words;
    }
    return made;
  }

  function icon(name) {
    var made = element("i", "fa-solid fa-" + name);
    made.setAttribute("aria-hidden", "true");
    return made;
  }

  function symbolOf(kind) {
    return Object.prototype.hasOwnProperty.call(config.symbols, kind)
      ? config.symbols[kind]
      : config.symbols.other;
  }

  // --- readiness -------------------------------------------------------------------------------

  function colourOf(site) {
    return colourBy === "readiness"
      ? config.readiness_colours[GeoparkGround.readinessClass(site.readiness)]
      : symbolOf(site.kind).colour;
  }

  function percent(value) {
    return Math.round(value * 100) + " %";
  }

  // --- pins ------------------------------------------------------------------------------------

  function pinElement(feature) {
    var site = feature.properties;
    var pin = element("div", "pin");
    var drop = element("span", "pin-drop");
    pin.dataset.site = feature.id;
    pin.style.setProperty("--pin", colourOf(site));
    if (site.quality === "commune-centroid") {
      pin.classList.add("is-at-commune");
    }
    drop.appendChild(icon(symbolOf(site.kind).icon));
    pin.appendChild(drop);
    if (site.red) {
      pin.appendChild(element("span", "pin-red", "!"));
    }
    return pin;
  }

  function markerFor(feature) {
    var at = feature.geometry.coordinates;
    var site = feature.properties;
    var marker = L.marker([at[1], at[0]], {
      icon: L.divIcon({
        className: "pin-frame",
        html: pinElement(feature),
        iconSize: [30, 38],
        iconAnchor: [15, 37],
        popupAnchor: [0, -34],
      }),
      title: site.code + "  " + nameOf(site),
      riseOnHover: true,
    });
    marker.bindPopup(
      function () {
        return popupOf(feature);
      },
      { maxWidth: 300, minWidth: 220, autoPanPadding: [30, 30] }
    );
    marker.on("click", function () {
      highlight(feature.id);
      if (bridge) {
        bridge.clicked(feature.id);
      }
    });
    marker.on("add", function () {
      markIfSelected(feature.id);
    });
    return marker;
  }

  function popupOf(feature) {
    var site = feature.properties;
    var box = element("div", "card");
    box.lang = language;
    box.appendChild(element("div", "card-name", nameOf(site)));
    var other = language === "en" ? site.name_vi : site.name_en;
    if (other && other !== nameOf(site)) {
      box.appendChild(element("div", "card-other", other));
    }
    var line = element("div", "card-kind");
    line.style.setProperty("--pin", symbolOf(site.kind).colour);
    line.appendChild(icon(symbolOf(site.kind).icon));
    line.appendChild(element("span", "", site.code + " · " + site.kind_label));
    box.appendChild(line);
    if (site.commune) {
      box.appendChild(element("div", "card-line", text("commune") + ": " + site.commune));
    }
    if (site.quality === "commune-centroid") {
      box.appendChild(element("div", "card-note", text("at_commune")));
    } else if (site.quality === "approx") {
      box.appendChild(element("div", "card-note", text("approximate")));
    }
    box.appendChild(readinessLine(site));
    if (site.red) {
      box.appendChild(element("div", "card-red", text("red")));
    }
    if (site.border) {
      box.appendChild(element("div", "card-note", text("border")));
    }
    return box;
  }

  function readinessLine(site) {
    var row = element("div", "card-readiness");
    if (site.readiness === null || site.readiness === undefined) {
      row.appendChild(element("span", "", text("readiness") + ": " + text("no_visit")));
      return row;
    }
    row.appendChild(element("span", "", text("readiness") + ": " + percent(site.readiness)));
    var bar = element("span", "bar");
    var fill = element("span", "bar-fill");
    fill.style.width = Math.round(site.readiness * 100) + "%";
    fill.style.backgroundColor = config.readiness_colours[GeoparkGround.readinessClass(site.readiness)];
    bar.appendChild(fill);
    row.appendChild(bar);
    return row;
  }

  function clusterIcon(group) {
    var count = group.getChildCount();
    var size = count < 10 ? 34 : count < 50 ? 40 : 46;
    var bubble = element("div", "bubble", String(count));
    if (GeoparkGround.isOnePlace(group)) {
      bubble.classList.add("is-one-place");
    }
    return L.divIcon({ className: "bubble-frame", html: bubble, iconSize: [size, size] });
  }

  // --- selection -------------------------------------------------------------------------------

  function markIfSelected(id) {
    var marker = markers[id];
    var node = marker && marker.getElement();
    if (node) {
      node.classList.toggle("is-selected", id === selectedId);
      marker.setZIndexOffset(id === selectedId ? 1000 : 0);
    }
  }

  function highlight(id) {
    var before = selectedId;
    selectedId = id;
    markIfSelected(before);
    markIfSelected(id);
  }

  function select(id) {
    var marker = markers[id];
    highlight(id || null);
    wanted = null;
    if (marker) {
      reveal(marker, 6);
      return;
    }
    // Perhaps its data is still on the way.
    wanted = id || null;
    map.closePopup();
  }

  function reveal(marker, attempts) {
    var shown = cluster.getVisibleParent(marker);
    if (shown === marker) {
      map.panInside(marker.getLatLng(), { padding: [80, 90], animate: false });
      marker.openPopup();
      return;
    }
    if (attempts === 0) {
      return;
    }
    if (shown && (GeoparkGround.isOnePlace(shown) || map.getZoom() >= REVEAL_ZOOM)) {
      map.panInside(marker.getLatLng(), { padding: [120, 120], animate: false });
      shown.spiderfy();
      marker.openPopup();
      markIfSelected(markerId(marker));
      return;
    }
    var zoom = shown ? map.getBoundsZoom(shown.getBounds()) + 1 : map.getZoom();
    zoom = Math.min(REVEAL_ZOOM, Math.max(zoom, map.getZoom() + 1));
    map.setView(marker.getLatLng(), shown ? zoom : map.getZoom(), { animate: false });
    reveal(marker, attempts - 1);
  }

  function markerId(marker) {
    return Object.keys(markers).find(function (id) {
      return markers[id] === marker;
    });
  }

  // --- data ------------------------------------------------------------------------------------

  function show(collection) {
    features = collection.features;
    unplaced = collection.unplaced;
    var again = wanted || openId();
    draw();
    if (!config.has_area && !isPlaced && features.length > 0) {
      isPlaced = true;
      map.fitBounds(cluster.getBounds(), { padding: [40, 40], maxZoom: 11, animate: false });
    }
    if (again && markers[again]) {
      select(again);
    }
  }

  function openId() {
    return Object.keys(markers).find(function (id) {
      return markers[id].isPopupOpen();
    });
  }

  function draw() {
    cluster.clearLayers();
    markers = {};
    features.forEach(function (feature) {
      markers[feature.id] = markerFor(feature);
    });
    cluster.addLayers(Object.values(markers));
    drawLegend();
  }

  function load() {
    return fetch(config.data_url)
      .then(function (answer) {
        return answer.json();
      })
      .then(show);
  }

  // --- legend ----------------------------------------------------------------------------------

  function drawLegend() {
    if (!legendBox) {
      return;
    }
    legendBox.replaceChildren();
    legendBox.lang = language;
    var head = element("div", "legend-head");
    head.appendChild(legendSwitch());
    legendBox.appendChild(head);
    if (!legendIsOpen) {
      return;
    }
    head.appendChild(colourChooser());
    var rows = colourBy === "readiness" ? readinessRows() : kindRows();
    rows.forEach(function (row) {
      legendBox.appendChild(row);
    });
    legendBox.appendChild(
      legendRow("hollow", config.symbols.other.colour, null, text("at_commune_legend"))
    );
    if (unplaced > 0) {
      legendBox.appendChild(element("div", "legend-note", text("unplaced") + ": " + unplaced));
    }
  }

  function legendSwitch() {
    var button = element("button", "legend-switch", text("legend"));
    button.type = "button";
    button.setAttribute("aria-expanded", String(legendIsOpen));
    button.appendChild(icon(legendIsOpen ? "chevron-down" : "chevron-up"));
    button.addEventListener("click", function () {
      legendIsOpen = !legendIsOpen;
      drawLegend();
      legendBox.querySelector(".legend-switch").focus();
    });
    return button;
  }

  function colourChooser() {
    var chooser = element("select", "legend-choice");
    chooser.setAttribute("aria-label", text("colour_by"));
    ["kind", "readiness"].forEach(function (key) {
      var option = element("option", "", text("by_" + key));
      option.value = key;
      option.selected = key === colourBy;
      chooser.appendChild(option);
    });
    chooser.addEventListener("change", function () {
      colourBy = chooser.value;
      draw();
      highlight(selectedId);
    });
    return chooser;
  }

  function kindRows() {
    var kinds = {};
    features.forEach(function (feature) {
      var site = feature.properties;
      kinds[site.kind] = kinds[site.kind] || { label: site.kind_label, count: 0 };
      kinds[site.kind].count += 1;
    });
    return Object.keys(kinds)
      .sort(function (a, b) {
        return kinds[b].count - kinds[a].count || (a < b ? -1 : 1);
      })
      .map(function (kind) {
        var symbol = symbolOf(kind);
        return legendRow("", symbol.colour, symbol.icon, kinds[kind].label, kinds[kind].count);
      });
  }

  function readinessRows() {
    return ["high", "middle", "low", "none"].map(function (key) {
      var count = features.filter(function (feature) {
        return GeoparkGround.readinessClass(feature.properties.readiness) === key;
      }).length;
      return legendRow("", config.readiness_colours[key], null, text("readiness_" + key), count);
    });
  }

  function legendRow(extra, colour, iconName, words, count) {
    var row = element("div", "legend-row");
    var dot = element("span", "legend-dot " + extra);
    dot.style.setProperty("--pin", colour);
    if (iconName) {
      dot.appendChild(icon(iconName));
    }
    row.appendChild(dot);
    row.appendChild(element("span", "legend-words", words));
    if (count !== undefined) {
      row.appendChild(element("span", "legend-count", String(count)));
    }
    return row;
  }

  function addLegend() {
    var control = L.control({ position: "bottomright" });
    control.onAdd = function () {
      legendBox = element("div", "legend");
      L.DomEvent.disableClickPropagation(legendBox);
      L.DomEvent.disableScrollPropagation(legendBox);
      return legendBox;
    };
    control.addTo(map);
  }

  // --- ground ----------------------------------------------------------------------------------

  var page = {
    nameOf: nameOf,
    element: element,
    text: text,
    language: function () {
      return language;
    },
  };

  function drawTowns() {
    GeoparkGround.drawTowns(map, townLayer, config, page);
  }

  function drawGrid() {
    GeoparkGround.drawGrid(map, gridLayer, page);
  }

  // --- language --------------------------------------------------------------------------------

  function setLanguage(wanted) {
    language = wanted === "en" ? "en" : "vi";
    document.documentElement.lang = language;
    document.title = text("title");
    map.closePopup();
    describe();
    drawTowns();
    drawGrid();
    GeoparkOverlays.drawLabels();
    draw();
    if (selectedId) {
      select(selectedId);
    }
  }

  // The layer control knows layers by the name folium gave them; remember which text that was.
  function nameLayers() {
    layerControl._layers.forEach(function (entry) {
      entry.key = config.layer_keys[entry.name];
    });
  }

  function describe() {
    layerControl._layers.forEach(function (entry) {
      entry.name = text(entry.key);
    });
    layerControl._update();
    if (describe.line) {
      map.attributionControl.removeAttribution(describe.line);
    }
    describe.line = GeoparkOverlays.credits();
    map.attributionControl.addAttribution(describe.line);
  }

  // --- start -----------------------------------------------------------------------------------

  function connect() {
    if (typeof QWebChannel === "undefined" || typeof qt === "undefined") {
      return;
    }
    new QWebChannel(qt.webChannelTransport, function (channel) {
      bridge = channel.objects.bridge;
      bridge.select.connect(select);
      bridge.reloadSites.connect(load);
      bridge.setLanguage.connect(setLanguage);
      Promise.all([load(), GeoparkOverlays.connect(bridge)]).then(function () {
        bridge.ready();
      });
    });
  }

  function start(parts) {
    map = parts.map;
    cluster = parts.cluster;
    townLayer = parts.towns;
    gridLayer = parts.grid;
    layerControl = parts.control;
    config = parts.config;
    language = config.language;
    document.documentElement.lang = language;
    document.title = text("title");
    map.setMinZoom(config.has_area ? config.min_zoom : 5);
    if (config.has_area) {
      map.setMaxBounds(L.latLngBounds(config.bounds).pad(1.5));
    }
    // The legend stands in the lower right corner: on a wide map the area moves out of its way,
    // on a narrow one the legend starts folded.
    var side = map.getSize().x > 900 ? 240 : 12;
    legendIsOpen = map.getSize().x > 700;
    map.fitBounds(config.bounds, {
      paddingTopLeft: [12, 24],
      paddingBottomRight: [side, 24],
      animate: false,
    });
    map.attributionControl.setPrefix(false);
    L.control.scale({ imperial: false, maxWidth: 160 }).addTo(map);
    nameLayers();
    GeoparkOverlays.start({ map: map, page: page, config: config, describe: describe });
    describe();
    addLegend();
    cluster.on("clusterclick", function (event) {
      GeoparkGround.openCluster(map, event.layer, REVEAL_ZOOM);
    });
    map.on("moveend", drawGrid);
    map.on("zoomend", drawTowns);
    drawTowns();
    drawGrid();
    var embedded = document.getElementById("sites");
    if (embedded) {
      show(JSON.parse(embedded.textContent));
    } else {
      connect();
    }
  }

  window.GeoparkMap = { start: start, clusterIcon: clusterIcon };
})();
