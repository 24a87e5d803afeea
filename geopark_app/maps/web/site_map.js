// The sites on the map: their data, the selection, the language; pins.js, legend.js and the others
// draw them. Names are only ever set as text, never as HTML: they come from other laptops.
(function () {
  "use strict";

  var REVEAL_ZOOM = 11;
  var MANY = 1500;
  var ALONE_ZOOM = 15;

  var map, cluster, townLayer, gridLayer, layerControl, config;
  var language = "vi";
  var markers = {};
  var unplaced = 0;
  var selectedId = null;
  var wanted = null;
  var isPlaced = false;
  var bridge = null, view = null;
  var isTelling = true;

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

  function clusterIcon(group) {
    var count = group.getChildCount();
    var size = count < 10 ? 34 : count < 50 ? 40 : count < 1000 ? 46 : 54;
    var bubble = element("div", "bubble", String(count));
    bubble.classList.toggle("is-one-place", GeoparkGround.isOnePlace(group));
    return L.divIcon({ className: "bubble-frame", html: bubble, iconSize: [size, size] });
  }

  // --- selection -------------------------------------------------------------------------------

  function highlight(id) {
    var before = markers[selectedId];
    selectedId = id;
    [before, markers[id]].forEach(function (marker) {
      if (marker) {
        marker.setZIndexOffset(marker.feature.id === selectedId ? 1000 : 0);
        var node = marker.getElement();
        if (node) {
          node.classList.toggle("is-selected", marker.feature.id === selectedId);
        }
      }
    });
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

  function openCard(marker) {
    marker.bindCard();
    marker.openPopup();
  }

  function reveal(marker, attempts) {
    var shown = cluster.getVisibleParent(marker);
    if (shown === marker) {
      map.panInside(marker.getLatLng(), { padding: [80, 90], animate: false });
      openCard(marker);
      return;
    }
    if (attempts === 0) {
      return;
    }
    if (shown && (GeoparkGround.isOnePlace(shown) || map.getZoom() >= REVEAL_ZOOM)) {
      map.panInside(marker.getLatLng(), { padding: [120, 120], animate: false });
      shown.spiderfy();
      openCard(marker);
      highlight(marker.feature.id);
      return;
    }
    var zoom = shown ? map.getBoundsZoom(shown.getBounds()) + 1 : map.getZoom();
    zoom = Math.min(REVEAL_ZOOM, Math.max(zoom, map.getZoom() + 1));
    map.setView(marker.getLatLng(), shown ? zoom : map.getZoom(), { animate: false });
    reveal(marker, attempts - 1);
  }

  // A person chose a site: on its pin, or on a stop of a route.
  function choose(id) {
    if (markers[id]) {
      select(id);
      if (bridge) {
        bridge.clicked(id);
      }
    }
  }

  function hearClick(event) {
    var marker = event.layer;
    if (!marker.feature) {
      return;
    }
    if (marker.bindCard()) {
      marker.openPopup();
    }
    highlight(marker.feature.id);
    if (bridge) {
      bridge.clicked(marker.feature.id);
    }
  }

  // --- data ------------------------------------------------------------------------------------

  // Thousands of sites come as rows, the sites of a page in one file as GeoJSON.
  function featuresOf(content) {
    if (!content.rows) {
      return content.features;
    }
    var keys = content.keys;
    return content.rows.map(function (row) {
      var site = {};
      for (var at = 0; at < keys.length; at += 1) {
        site[keys[at]] = row[at + 3];
      }
      content.labels.forEach(function (label) {
        site[label[0]] = label[2][site[label[1]]];
      });
      return { id: row[0], geometry: { coordinates: [row[1], row[2]] }, properties: site };
    });
  }

  function show(content) {
    var features = featuresOf(content);
    var again = wanted || openId();
    unplaced = content.unplaced;
    // Read when the levels are made anew: thousands of bubbles would cover each other, and each
    // level takes its time.
    cluster.options.maxClusterRadius = features.length > MANY ? 64 : 36;
    cluster.options.disableClusteringAtZoom = features.length > MANY ? ALONE_ZOOM : null;
    cluster.clearLayers();
    markers = {};
    var made = features.map(function (feature) {
      return (markers[feature.id] = new GeoparkPins.SiteMarker(feature));
    });
    cluster.addLayers(made);
    GeoparkLegend.draw();
    GeoparkHeat.redraw();
    GeoparkNames.draw();
    if (!config.has_area && !isPlaced && made.length > 0) {
      isPlaced = true;
      map.fitBounds(cluster.getBounds(), { padding: [40, 40], maxZoom: 11, animate: false });
    }
    if (again && markers[again]) {
      select(again);
    } else {
      highlight(selectedId);
    }
    tellShown();
  }

  function tellShown() {
    if (view) {
      window.requestAnimationFrame(function () {
        view.showed(Object.keys(markers).length);
      });
    }
  }

  // Close up, many sites of one place are no bubble any more: the card of each names the others.
  function neighbours(feature) {
    var at = feature.geometry.coordinates;
    return page.sites().filter(function (other) {
      var place = other.geometry.coordinates;
      return other !== feature && place[0] === at[0] && place[1] === at[1];
    });
  }

  function openId() {
    return Object.keys(markers).find(function (id) {
      return markers[id].isPopupOpen();
    });
  }

  // One site is another one now; everything else stays as it is.
  function change(feature) {
    var marker = markers[feature.id];
    if (!feature.geometry) {
      remove(feature.id);
      unplaced += 1;
    } else if (!marker) {
      markers[feature.id] = marker = new GeoparkPins.SiteMarker(feature);
      cluster.addLayer(marker);
    } else if (marker.take(feature)) {
      var isOpen = marker.isPopupOpen();
      cluster.removeLayer(marker);
      marker.setLatLng([feature.geometry.coordinates[1], feature.geometry.coordinates[0]]);
      cluster.addLayer(marker);
      if (isOpen) {
        reveal(marker, 6);
      }
    }
    drawAround();
  }

  function remove(id) {
    var marker = markers[id];
    if (marker) {
      delete markers[id];
      cluster.removeLayer(marker);
      drawAround();
    }
  }

  function drawAround() {
    GeoparkLegend.drawSoon();
    GeoparkHeat.redraw();
    GeoparkNames.draw();
  }

  function eachMarker(deed) {
    Object.keys(markers).forEach(function (id) {
      deed(markers[id]);
    });
  }

  function fetchSites() {
    return fetch(config.data_url).then(function (answer) {
      return answer.json();
    });
  }

  function load() {
    return fetchSites().then(show);
  }

  // --- look ------------------------------------------------------------------------------------

  function recolour(by) {
    GeoparkColours.choose(by);
    eachMarker(function (marker) {
      marker.drawAgain();
    });
    GeoparkLegend.draw();
    tellLook();
  }

  function reheat(by) {
    GeoparkHeat.choose(by);
    GeoparkLegend.draw();
    tellLook();
  }

  function tellLook() {
    if (!view || !isTelling) {
      return;
    }
    var layers = {};
    layerControl._layers.forEach(function (entry) {
      layers[entry.key] = map.hasLayer(entry.layer);
    });
    view.chose(
      JSON.stringify({ colour: GeoparkColours.mode(), heat: GeoparkHeat.mode(), layers: layers })
    );
  }

  function setLook(words) {
    var look = JSON.parse(words);
    var layers = look.layers || {};
    isTelling = false;
    document.documentElement.classList.toggle("is-contrast", look.contrast === true);
    if (GeoparkColours.choose(look.colour)) {
      eachMarker(function (marker) {
        marker.drawAgain();
      });
    }
    GeoparkHeat.choose(look.heat);
    layerControl._layers.forEach(function (entry) {
      if (layers[entry.key] === true) {
        map.addLayer(entry.layer);
      } else if (layers[entry.key] === false) {
        map.removeLayer(entry.layer);
      }
    });
    GeoparkLegend.drawSoon();
    isTelling = true;
  }

  function addOverlay(layer, key) {
    layerControl.addOverlay(layer, text(key));
    layerControl._layers[layerControl._layers.length - 1].key = key;
  }

  var page = {
    nameOf: nameOf,
    element: element,
    icon: icon,
    text: text,
    choose: choose,
    recolour: recolour,
    reheat: reheat,
    language: function () {
      return language;
    },
    isSelected: function (id) {
      return id === selectedId;
    },
    sites: function () {
      return Object.values(markers).map(function (marker) {
        return marker.feature;
      });
    },
    neighbours: neighbours,
    unplaced: function () {
      return unplaced;
    },
    showOverlay: function (layer) {
      map.addLayer(layer);
    },
    select: select,
    setLanguage: setLanguage,
    features: function () {
      return page.sites();
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
    if (wanted === language) {
      return;
    }
    language = wanted === "en" ? "en" : "vi";
    document.documentElement.lang = language;
    document.title = text("title");
    describe();
    drawTowns();
    drawGrid();
    GeoparkOverlays.drawLabels();
    GeoparkRoutes.draw();
    GeoparkNames.draw();
    GeoparkLegend.draw();
    eachMarker(function (marker) {
      marker.drawAgain();
    });
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
    // Asked for before the channel stands: both take their time.
    var early = fetchSites().then(show);
    addOverlay(GeoparkRoutes.start(page), "layer_routes");
    addOverlay(GeoparkPhotos.start(page), "layer_photos");
    new QWebChannel(qt.webChannelTransport, function (channel) {
      bridge = channel.objects.bridge;
      view = channel.objects.view;
      bridge.select.connect(select);
      bridge.reloadSites.connect(load);
      bridge.setLanguage.connect(setLanguage);
      view.siteChanged.connect(function (feature) {
        change(JSON.parse(feature));
        view.drew(JSON.parse(feature).id);
      });
      view.siteRemoved.connect(remove);
      view.setLook.connect(setLook);
      view.reloadPhotos.connect(GeoparkPhotos.load);
      view.reloadRoutes.connect(GeoparkRoutes.load);
      map.on("overlayadd overlayremove", tellLook);
      GeoparkPointer.start(page, view);
      GeoparkDrawing.start({ map: map, page: page });
      GeoparkDrawing.connect(channel.objects.pencil);
      GeoparkPhotos.load();
      GeoparkRoutes.load();
      early.then(tellShown);
      Promise.all([early, GeoparkOverlays.connect(bridge)]).then(function () {
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
    page.map = map;
    page.config = config;
    document.documentElement.lang = language;
    document.title = text("title");
    map.setMinZoom(config.has_area ? config.min_zoom : 5);
    if (config.has_area) {
      map.setMaxBounds(L.latLngBounds(config.bounds).pad(1.5));
    }
    // The legend stands in the lower right corner: on a wide map the area moves out of its way,
    // on a narrow one the legend starts folded.
    var side = map.getSize().x > 900 ? 240 : 12;
    map.fitBounds(config.bounds, {
      paddingTopLeft: [12, 24],
      paddingBottomRight: [side, 24],
      animate: false,
    });
    map.attributionControl.setPrefix(false);
    L.control.scale({ imperial: false, maxWidth: 160 }).addTo(map);
    nameLayers();
    GeoparkColours.start(config);
    GeoparkPins.start(page);
    GeoparkHeat.start(page);
    var names = GeoparkNames.start(page).addTo(map);
    addOverlay(names, "layer_names");
    GeoparkOverlays.start({ map: map, page: page, config: config, describe: describe });
    describe();
    GeoparkLegend.start(page);
    cluster.on("click", hearClick);
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
      if (window.GeoparkOffline) {
        GeoparkOffline.start(map, page);
      }
    } else {
      connect();
    }
  }

  window.GeoparkMap = { start: start, clusterIcon: clusterIcon };
})();
