// Read by every browser ever: says a sentence where the rest would leave a blank page.
(function () {
  var old = !window.DecompressionStream || !window.WebAssembly || !window.Worker || !window.BigInt64Array || !Array.prototype.at;
  function say() {
    var place = document.getElementById("old");
    if (place) { place.style.display = "block"; document.getElementById("work").style.display = document.getElementById("scope").style.display = "none"; }
  }
  window.dtcheckTooOld = say;
  window.onerror = function (message) { if (/SyntaxError/.test(message)) { old = true; say(); } };
  if (document.addEventListener) document.addEventListener("DOMContentLoaded", function () { if (old) say(); });
  else window.onload = say;
}());
