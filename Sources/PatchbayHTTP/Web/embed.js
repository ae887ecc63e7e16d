/** What other portals load: `<script type="module" src="https://…/embed.js"></script>` makes `<pbx-dock>` known. */
import './js/embed/pbx-dock.js';
