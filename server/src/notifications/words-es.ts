// The messages in Spanish.
import type { Words } from './words.ts'

const lost = {
  booking: 'Tu lugar queda anulado.',
  hold: 'El lugar que tenías apartado queda anulado.',
  offer: 'La oferta que tenías queda anulada.',
  waiting: 'Ya no estás en su lista de espera.',
}

const staysEnded = {
  booking: 'Tu reserva sigue cancelada.',
  hold: 'El lugar que tenías apartado ya no se guarda.',
  offer: 'La oferta que tenías ya no se guarda.',
  waiting: 'Ya no estás en su lista de espera.',
}

const skipped: Record<string, string> = {
  'insufficient-credits': 'No tenías con qué pagarla.',
  'session-full': 'Estaba llena y elegiste no esperar.',
  'waitlist-full': 'Estaba llena, y su lista de espera también.',
  'waitlist-closed': 'Estaba llena y su lista de espera estaba cerrada.',
  'member-blocked': 'En ese momento no podías reservar.',
  'too-many-bookings': 'Ya tenías todas las clases que puede tener una persona.',
  'own-class': 'Esta clase la das tú.',
  'teaching-then': 'A esa hora das otra clase.',
  'overlapping-booking': 'Ya tenías algo a esa hora.',
  'already-booked': 'Ya la habías reservado.',
  'booking-closed': 'Las reservas cerraron antes de que llegara tu turno.',
}

const unheard = {
  failing: (host: string) => `${host} lleva días sin aceptar nada de lo que se le envía.`,
  gone: (host: string) => `${host} ha contestado que allí ya no hay nadie (410).`,
}

const inTheWay = {
  booked: 'tienes reservada otra clase',
  held: 'tienes apartado un lugar en otra clase',
  taught: 'das otra clase',
  other: 'tienes otra cosa',
}

const hours = (count: number): string => (count === 1 ? '1 hora' : `${count} horas`)

const days = (count: number): string => (count === 1 ? '1 día' : `${count} días`)

export const spanish: Words = {
  locale: 'es-ES',
  say: {
    'booking-confirmed': s => ({
      subject: `Reserva confirmada: ${s.name}, ${s.brief}`,
      label: 'Reservada',
      headline: 'Tienes tu lugar.',
      lead: `Tu lugar en ${s.name} está reservado. Nos vemos el ${s.day} a las ${s.time}.`,
      short: `Reservada: ${s.name}, ${s.brief}.`,
    }),
    'waitlist-booked': s => ({
      subject: `Se liberó un lugar y es tuyo: ${s.name}, ${s.brief}`,
      label: 'Reservada desde la lista de espera',
      headline: 'Tienes tu lugar.',
      lead: `Se liberó un lugar en ${s.name} y te tocaba a ti. Ya está reservado.`,
      short: `Hay lugar para ti: ${s.name}, ${s.brief}. Ya tienes la reserva.`,
    }),
    'booking-cancelled': (s, { byStudio, movedOnto }) => ({
      subject: `Reserva cancelada: ${s.name}, ${s.brief}`,
      label: 'Cancelada',
      headline: 'Tu reserva está cancelada.',
      lead:
        movedOnto !== null
          ? `El estudio cambió la hora de ${s.name} a una en la que ${inTheWay[movedOnto]}, así que tu reserva queda cancelada. Era esta:`
          : byStudio
            ? `El estudio canceló tu reserva de ${s.name}.`
            : `Ya no tienes reserva para ${s.name}.`,
      short: `Reserva cancelada: ${s.name}, ${s.brief}.`,
    }),
    'session-cancelled': (s, { had }) => ({
      subject: `Clase suspendida: ${s.name}, ${s.brief}`,
      label: 'Suspendida',
      headline: 'Esta clase no se dará.',
      lead: `Lo sentimos: ${s.name} queda suspendida. ${lost[had]}`,
      short: `Clase suspendida: ${s.name}, ${s.brief}.`,
    }),
    'session-on-again': (s, { had }) => ({
      subject: `Se da después de todo: ${s.name}, ${s.brief}`,
      label: 'Se da de nuevo',
      headline: 'Esta clase sí se dará.',
      lead: `${s.name} estaba suspendida y ahora sí se dará. ${staysEnded[had]} Si quieres venir, reserva de nuevo.`,
      short: `Se da después de todo: ${s.name}, ${s.brief}. Para venir, reserva de nuevo.`,
    }),
    'session-changed': (s, { had, substitute }) => ({
      subject: substitute === null ? `Cambio: ${s.name}, ahora ${s.brief}` : `Ahora con ${substitute}: ${s.name}, ${s.brief}`,
      label: 'Cambio',
      headline: 'Tu clase ha cambiado.',
      lead: had === 'booking' ? 'Conservas tu lugar. Así queda la clase.' : 'Así queda la clase.',
      short: substitute === null ? `Cambio: ${s.name} es ahora ${s.brief}.` : `Cambio: ${s.name}, ${s.brief}, ahora con ${substitute}.`,
    }),
    'reminder-day': s => ({
      subject: `Se acerca: ${s.name}, ${s.brief}`,
      label: 'Se acerca',
      headline: `Nos vemos a las ${s.time}.`,
      lead: `${s.name} es el ${s.day} a las ${s.time}, y tu lugar te espera.`,
      short: `Se acerca: ${s.name}, ${s.brief}.`,
    }),
    'reminder-hour': s => ({
      subject: `Pronto: ${s.name} a las ${s.time}`,
      label: 'Empieza pronto',
      headline: `${s.time}: casi es la hora.`,
      lead: `${s.name} empieza a las ${s.time}. Ten tu código listo en la puerta.`,
      short: `Empieza pronto: ${s.name} a las ${s.time}.`,
    }),
    'waitlist-offer': (s, { until }) => ({
      subject: `Un lugar es tuyo hasta las ${until}: ${s.name}, ${s.brief}`,
      label: 'Un lugar para ti',
      headline: `Tuyo hasta las ${until}.`,
      lead: `Se liberó un lugar en ${s.name}. Te lo guardamos hasta las ${until}; después pasa a la siguiente persona.`,
      short: `Hay un lugar: ${s.name}, ${s.brief}. Es tuyo hasta las ${until}.`,
    }),
    'no-show': s => ({
      subject: `Te echamos de menos: ${s.name}, ${s.brief}`,
      label: 'Ausente',
      headline: 'Te echamos de menos.',
      lead: `Tenías reserva para ${s.name} y nadie te vio llegar. ¿Estuviste? Dilo en recepción y lo corrigen.`,
      short: `Te echamos de menos: ${s.name}, ${s.brief}.`,
    }),
    'credit-expiring': (_, { amount, days: left, until }) => ({
      subject: `${amount} por usar hasta el ${until}`,
      label: 'Caduca pronto',
      headline: `${amount} por usar, y ${days(left)} para hacerlo.`,
      lead: `Puedes usar lo que queda hasta el ${until}. Después caduca.`,
      short: `${amount} por usar hasta el ${until}.`,
    }),
    'block-began': (_, { until }) => ({
      subject: `Reservas en pausa hasta el ${until}`,
      label: 'Reservas en pausa',
      headline: 'Por un tiempo no puedes reservar.',
      lead: `Hubo demasiadas cancelaciones tardías o ausencias. Podrás reservar de nuevo desde el ${until}. Lo que ya tienes reservado se mantiene.`,
      short: `Reservas en pausa hasta el ${until}. Lo reservado se mantiene.`,
    }),
    'block-ended': (_, { until }) => ({
      subject: 'Puedes reservar de nuevo',
      label: 'Reservas abiertas de nuevo',
      headline: 'Puedes reservar de nuevo.',
      lead: `Se retiró algo que contaba en tu contra, así que tus reservas ya no están en pausa hasta el ${until}.`,
      short: `Puedes reservar de nuevo: ya no hay pausa hasta el ${until}.`,
    }),
    'webhook-paused': (_, { host, cause }) => ({
      subject: `Se detuvo un webhook: ${host}`,
      label: 'Webhook detenido',
      headline: 'Uno de vuestros sistemas ya no se entera de nada.',
      lead: `${unheard[cause](host)} Por eso ya no se le envía nada. Lo que ocurra mientras tanto le espera, 30 días como máximo: arregla el receptor y reanuda después el webhook.`,
      short: `Se detuvo un webhook: ${host} no acepta nada. Lo que ocurra mientras tanto le espera.`,
    }),
    'standing-decided': (s, { outcome, reason }) =>
      ({
        booked: {
          subject: `Reservada como siempre: ${s.name}, ${s.brief}`,
          label: 'Reserva fija',
          headline: 'Tienes tu lugar, como siempre.',
          lead: `Tu reserva fija ha reservado ${s.name} para ti.`,
          short: `Reservada como siempre: ${s.name}, ${s.brief}.`,
        },
        waitlisted: {
          subject: `En lista de espera: ${s.name}, ${s.brief}`,
          label: 'Reserva fija',
          headline: 'Estaba llena: estás en espera.',
          lead: `${s.name} estaba llena cuando llegó tu turno, así que estás en su lista de espera. Te avisamos en cuanto se libere un lugar.`,
          short: `En lista de espera: ${s.name}, ${s.brief}.`,
        },
        skipped: {
          subject: `Esta vez sin reserva: ${s.name}, ${s.brief}`,
          label: 'Reserva fija',
          headline: 'Esta vez sin reserva.',
          lead: `Tu reserva fija no pudo reservar ${s.name}. ${skipped[reason ?? ''] ?? 'En tus reservas fijas se explica por qué.'}`,
          short: `Esta vez sin reserva: ${s.name}, ${s.brief}.`,
        },
      })[outcome],
  },
  letters: {
    'password-reset': {
      subject: 'Elige una contraseña nueva',
      label: 'Tu contraseña',
      headline: 'Elige una contraseña nueva.',
      lead: 'Elígela en la página de abajo. El enlace sirve una sola vez, durante una hora.',
      button: 'Elegir contraseña',
    },
    'email-verification': {
      subject: 'Confirma tu dirección',
      label: 'Tu dirección',
      headline: '¿Es esta tu dirección?',
      lead: 'Confírmala aquí abajo para que te llegue lo que te enviamos. El enlace sirve durante una hora.',
      button: 'Confirmar mi dirección',
    },
    'magic-link': {
      subject: 'Inicia sesión',
      label: 'Inicia sesión',
      headline: 'Aquí tienes tu entrada.',
      lead: 'El enlace de abajo te deja entrar sin contraseña. Sirve una sola vez, durante cinco minutos.',
      button: 'Entrar',
    },
  },
  notAsked: '¿No lo has pedido? Entonces no hagas nada: sin el enlace no pasa nada.',
  hello: name => `Hola, ${name}:`,
  with: trainer => `con ${trainer}`,
  until: time => `hasta las ${time}`,
  credits: (amount, isOne) => `${amount} ${isOne ? 'crédito' : 'créditos'}`,
  used: credits => `Usado: ${credits}.`,
  returned: credits => `Devuelto: ${credits}.`,
  kept: credits => `Sin devolver: ${credits}.`,
  costs: credits => `Cuesta ${credits}.`,
  cancelFree: moment => `Cancela sin coste hasta el ${moment}.`,
  cancelFreeAgain: moment => `Si ya no te viene bien, cancela sin coste hasta el ${moment}.`,
  strike: (counting, max) => `Es tu falta ${counting} de ${max}.`,
  fee: amount => `Hay un cargo pendiente de ${amount}.`,
  cancelledLate: count => `Se canceló menos de ${hours(count)} antes del comienzo.`,
  cancelledPartly: (count, percent) => `Se canceló ${hours(count)} o menos antes del comienzo: se devuelve el ${percent} %.`,
  reason: text => `El estudio dice: «${text}»`,
  changed: { time: 'Hora', trainer: 'Instructor', name: 'Clase', nobody: 'por confirmar', was: 'antes' },
  qr: 'Enséñalo en la puerta.',
  qrAlt: name => `Tu código para ${name}`,
  calendarFile: 'clase.ics',
  buttons: {
    booking: 'Abrir tu reserva',
    class: 'Ver la clase',
    again: 'Verla y reservar de nuevo',
    offer: 'Ver la oferta',
    credits: 'Ver tus créditos',
    strikes: 'Ver por qué',
    standing: 'Ver tus reservas fijas',
    browse: 'Buscar otra clase',
    webhook: 'Abrir el webhook',
  },
  why: studio => `${studio} te envía esto porque tienes una cuenta allí.`,
  preferences: 'Elige qué te contamos',
  unsubscribe: 'No recibir más',
}
