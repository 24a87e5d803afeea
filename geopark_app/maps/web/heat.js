// The heat picture: where sites that are not ready, or sites at risk, lie close together. The scale
// only grows darker, so that it reads without colours too.
(function () {
  "use strict";

  var RADIUS = 34, SCALE = 0.5, STRONGEST = 0.82;
  var STOPS = [[255, 247, 188], [254, 196, 79], [236, 112, 20], [153, 52, 4], [74, 20, 4]];
  var page, layer, stamp, ramp;
  var mode = "none";

  function start(its) {
    page = its;
    layer = new GeoparkCanvas("heat", 405, SCALE, paint);
  }

  function weightOf(site) {
    if (mode === "risk") {
      return site.risk ? site.risk / 400 : 0;
    }
    var isKnown = site.readiness !== null && site.readiness !== undefined;
    return isKnown ? 1 - site.readiness : 0;
  }

  function choose(wanted) {
    mode = wanted === "readiness" || wanted === "risk" ? wanted : "none";
    if (mode === "none") {
      layer.remove();
    } else if (page.map.hasLayer(layer)) {
      layer.redraw();
    } else {
      layer.addTo(page.map);
    }
  }

  function paint(canvas, map) {
    var radius = RADIUS * SCALE;
    var spots = spotsOf(canvas, map, radius);
    var most = fullest(spots, radius);
    var brush = canvas.getContext("2d", { willReadFrequently: true });
    stamp = stamp || stampOf(radius);
    spots.forEach(function (spot) {
      brush.globalAlpha = Math.min(1, Math.max(0.02, spot[2] / most));
      brush.drawImage(stamp, spot[0] - radius, spot[1] - radius);
    });
    if (spots.length > 0) {
      colour(brush, canvas);
    }
  }

  function spotsOf(canvas, map, radius) {
    var found = [];
    page.sites().forEach(function (feature) {
      var weight = weightOf(feature.properties);
      if (weight > 0) {
        var at = feature.geometry.coordinates;
        var point = map.latLngToContainerPoint([at[1], at[0]]).multiplyBy(SCALE);
        var isInSight = point.x > -radius && point.y > -radius
          && point.x < canvas.width + radius && point.y < canvas.height + radius;
        if (isInSight) {
          found.push([point.x, point.y, weight]);
        }
      }
    });
    return found;
  }

  // The fullest square is the darkest place; one site alone is never darker than its own value.
  function fullest(spots, radius) {
    var cells = {};
    var most = 1;
    spots.forEach(function (spot) {
      var key = Math.floor(spot[0] / radius) + ":" + Math.floor(spot[1] / radius);
      cells[key] = (cells[key] || 0) + spot[2];
      most = Math.max(most, cells[key]);
    });
    return most;
  }

  function stampOf(radius) {
    var made = document.createElement("canvas");
    made.width = made.height = 2 * radius;
    var brush = made.getContext("2d");
    var fade = brush.createRadialGradient(radius, radius, 0, radius, radius, radius);
    fade.addColorStop(0, "rgb(0 0 0 / 100%)");
    fade.addColorStop(0.5, "rgb(0 0 0 / 45%)");
    fade.addColorStop(1, "rgb(0 0 0 / 0%)");
    brush.fillStyle = fade;
    brush.fillRect(0, 0, 2 * radius, 2 * radius);
    return made;
  }

  function colour(brush, canvas) {
    ramp = ramp || rampOf();
    var picture = brush.getImageData(0, 0, canvas.width, canvas.height);
    var pixels = picture.data;
    for (var at = 3; at < pixels.length; at += 4) {
      var heat = pixels[at];
      if (heat > 0) {
        pixels[at - 3] = ramp[heat * 3];
        pixels[at - 2] = ramp[heat * 3 + 1];
        pixels[at - 1] = ramp[heat * 3 + 2];
        pixels[at] = Math.min(1, heat / 90) * STRONGEST * 255;
      }
    }
    brush.putImageData(picture, 0, 0);
  }

  function rampOf() {
    var made = new Uint8ClampedArray(256 * 3);
    for (var heat = 0; heat < 256; heat += 1) {
      var place = (heat / 255) * (STOPS.length - 1);
      var low = Math.min(STOPS.length - 2, Math.floor(place));
      for (var part = 0; part < 3; part += 1) {
        made[heat * 3 + part] =
          STOPS[low][part] + (STOPS[low + 1][part] - STOPS[low][part]) * (place - low);
      }
    }
    return made;
  }

  window.GeoparkHeat = {
    start: start,
    choose: choose,
    redraw: function () {
      if (mode !== "none") {
        layer.redraw();
      }
    },
    mode: function () {
      return mode;
    },
  };
})();
