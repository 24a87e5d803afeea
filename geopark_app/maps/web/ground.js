// What the pins of site_map.js stand on: names of towns and neighbours, the graticule, and clusters.
// Names are only ever set as text, never as HTML. `page` gives nameOf, element and language.
(function () {
  "use strict";

  var STEPS_MINUTES = [1, 2, 5, 10, 15, 20, 30, 60, 120];
  var TOWN_ZOOM = { 1: 7, 2: 9, 3: 10 };

  function drawTowns(map, layer, config, page) {
    layer.clearLayers();
    config.towns.forEach(function (town) {
      if (map.getZoom() < (TOWN_ZOOM[town.rank] || 10)) {
        return;
      }
      var box = page.element("div", "town rank-" + town.rank);
      box.appendChild(page.element("span", "town-dot"));
      box.appendChild(page.element("span", "town-name", page.nameOf(town)));
      still([town.lat, town.lon], box, "towns").addTo(layer);
    });
    config.areas.forEach(function (area) {
      still([area.lat, area.lon], page.element("div", "area", page.nameOf(area)), "towns").addTo(layer);
    });
  }

  function still(at, node, pane) {
    return L.marker(at, {
      icon: L.divIcon({ className: "still", html: node, iconSize: [0, 0] }),
      interactive: false,
      keyboard: false,
      pane: pane,
    });
  }

  function drawGrid(map, layer, page) {
    var bounds = map.getBounds();
    var span = Math.max(bounds.getEast() - bounds.getWest(), 0.01) * 60;
    var step = STEPS_MINUTES.find(function (minutes) {
      return span / minutes <= 8;
    }) || 300;
    layer.clearLayers();
    multiples(bounds.getWest(), bounds.getEast(), step).forEach(function (minutes) {
      gridLine(layer, [bounds.getSouth() - 1, minutes / 60], [bounds.getNorth() + 1, minutes / 60]);
      gridLabel(layer, page, L.latLng(bounds.getNorth(), minutes / 60), "is-meridian", minutes, "ĐT", "EW");
    });
    multiples(bounds.getSouth(), bounds.getNorth(), step).forEach(function (minutes) {
      gridLine(layer, [minutes / 60, bounds.getWest() - 1], [minutes / 60, bounds.getEast() + 1]);
      gridLabel(layer, page, L.latLng(minutes / 60, bounds.getWest()), "is-parallel", minutes, "BN", "NS");
    });
  }

  function multiples(low, high, step) {
    var found = [];
    for (var at = Math.ceil((low * 60) / step) * step; at <= high * 60; at += step) {
      found.push(at);
    }
    return found;
  }

  function gridLine(layer, from, to) {
    L.polyline([from, to], { className: "grid-line", weight: 1, interactive: false, pane: "grid" })
      .addTo(layer);
  }

  function gridLabel(layer, page, at, className, minutes, vietnamese, english) {
    var size = Math.abs(minutes);
    var letter = (page.language() === "en" ? english : vietnamese)[minutes < 0 ? 1 : 0];
    var words = Math.floor(size / 60) + "°" + String(size % 60).padStart(2, "0") + "′" + letter;
    still(at, page.element("span", "grid-label " + className, words), "grid").addTo(layer);
  }

  function isOnePlace(group) {
    var bounds = group.getBounds();
    return bounds.getNorthEast().equals(bounds.getSouthWest(), 1e-7);
  }

  function openCluster(map, group, zoom) {
    if (isOnePlace(group) || map.getZoom() >= map.getMaxZoom()) {
      group.spiderfy();
    } else {
      group.zoomToBounds({ padding: [40, 40], maxZoom: zoom });
    }
  }

  function readinessClass(value) {
    if (value === null || value === undefined) {
      return "none";
    }
    return value < 0.4 ? "low" : value < 0.75 ? "middle" : "high";
  }

  window.GeoparkGround = {
    readinessClass: readinessClass,
    drawTowns: drawTowns,
    drawGrid: drawGrid,
    isOnePlace: isOnePlace,
    openCluster: openCluster,
  };
})();
