import './drag.css'

/** What is drawn while a row is dragged: a line where it would go, and its name beside the pointer. No row moves. */
export interface Marks {
  show(line: { readonly y: number; readonly start: number; readonly width: number } | null): void
  follow(at: { readonly x: number; readonly y: number }): void
  remove(): void
}

export function drawMarks(title: string, count: number): Marks {
  const line = mark('drop-line')
  const ghost = mark('drag-ghost')
  const name = document.createElement('span')
  name.dir = 'auto'
  name.textContent = title
  ghost.append(name)
  if (count > 1) {
    const number = document.createElement('b')
    number.textContent = String(count)
    ghost.append(number)
  }
  document.documentElement.dataset['dragging'] = ''
  return {
    show: (place) => {
      line.hidden = place === null
      if (place === null) return
      line.style.width = `${place.width}px`
      line.style.transform = `translate(${place.start}px, ${place.y}px)`
    },
    follow: ({ x, y }) => {
      ghost.style.transform = `translate(${x}px, ${y}px)`
    },
    remove: () => {
      line.remove()
      ghost.remove()
      delete document.documentElement.dataset['dragging']
    },
  }
}

function mark(className: string): HTMLElement {
  const element = document.createElement('div')
  element.className = className
  element.setAttribute('aria-hidden', 'true')
  document.body.append(element)
  return element
}
